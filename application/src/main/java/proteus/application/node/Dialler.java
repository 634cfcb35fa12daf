package proteus.application.node;

import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import proteus.application.port.Carrier;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.PeerTransport;
import proteus.application.port.Stack;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.PeerAddress;

/**
 * Dials an address over the stack that is spoken there, and remembers which that is.
 *
 * <p>Safe for use by many threads. Blocks: for virtual threads.
 */
final class Dialler {

    private static final System.Logger LOG = System.getLogger(Dialler.class.getName());

    private final Stacks stacks;
    private final OtherSides otherSides;
    private final AddressBook addressBook;

    /** What dials. */
    interface Stacks {
        /** What dials over {@code stack}; empty if nothing does now. */
        Optional<PeerTransport> dialling(Stack stack);
    }

    /** What is known of peers on the other stack. */
    interface OtherSides {
        /** Where to reach over libp2p a peer that takes legacy connections at {@code legacy}, if that is known. */
        Optional<PeerEndpoint> libp2pOf(PeerAddress legacy);
    }

    /** Dials over {@code stacks}. */
    Dialler(Stacks stacks, OtherSides otherSides, AddressBook addressBook) {
        this.stacks = stacks;
        this.otherSides = otherSides;
        this.addressBook = addressBook;
    }

    /**
     * Dials; with {@link PeerTarget.Protocol#EITHER}, the stack that answered there last comes first, and the next is tried
     * when the one before is not spoken there.
     *
     * @throws DialFailedException with the reason of the stack that was tried last
     */
    PeerConnection dial(PeerTarget target) throws DialFailedException, InterruptedException {
        return dial(target, _ -> {});
    }

    /**
     * The same, and says before each try where it is made.
     *
     * @param trying is told, on this thread
     */
    PeerConnection dial(PeerTarget target, Consumer<PeerAddress> trying)
            throws DialFailedException, InterruptedException {
        PeerAddress address = target.address();
        DialFailedException failure =
                new DialFailedException(new Cause.NotThisProtocol("this node does not dial over the stack for it"));
        for (PeerEndpoint endpoint : places(target)) {
            Carrier carrier = endpoint.carrier();
            Optional<PeerTransport> transport = stacks.dialling(carrier.stack());
            if (transport.isEmpty()) {
                continue;
            }
            trying.accept(endpoint.address());
            try {
                PeerConnection connection = transport.get().dial(endpoint);
                addressBook.answered(endpoint.address(), carrier);
                return connection;
            } catch (DialFailedException failed) {
                failure = failed;
                if (!(failed.reason() instanceof Cause.NotThisProtocol)) {
                    break;
                }
                LOG.log(Level.DEBUG, "peer {0}: {1} is not spoken there: {2}", address, carrier, failed.getMessage());
            }
        }
        boolean saysNothing = failure.reason() instanceof Cause.Stopped || isConnectedOtherwise(failure.reason());
        if (!saysNothing) {
            addressBook.failed(address);
        }
        warnOfClock(address, failure.reason());
        throw failure;
    }

    /** The peer has a session with this node, be it that it dialled first: which is as good. */
    static boolean isConnectedOtherwise(Cause cause) {
        return cause instanceof Cause.AlreadyConnected
                || cause.equals(new Cause.RefusedByPeer(new ConnectionRefusedReason.AlreadyConnected()));
    }

    /** Where the target is; and where nothing dials the legacy stack now, where the same peer was found on libp2p. */
    private List<PeerEndpoint> places(PeerTarget target) {
        Stream<PeerEndpoint> named = candidates(target).stream().map(target::by);
        boolean isMeantForLegacy = target.protocol().carriers().contains(Carrier.LEGACY_TCP)
                && stacks.dialling(Stack.LEGACY).isEmpty();
        Stream<PeerEndpoint> found = isMeantForLegacy ? otherSides.libp2pOf(target.address()).stream() : Stream.empty();
        return Stream.concat(found, named).toList();
    }

    /** What answered there last comes first; the rest as the protocol has them. */
    private List<Carrier> candidates(PeerTarget target) {
        List<Carrier> carriers = target.protocol().carriers().stream()
                .filter(carrier -> stacks.dialling(carrier.stack()).isPresent())
                .toList();
        if (carriers.size() < 2) {
            return carriers;
        }
        Optional<Carrier> remembered = addressBook.carrierOf(target.address());
        return carriers.stream()
                .sorted(Comparator.comparing(carrier -> !remembered.equals(Optional.of(carrier))))
                .toList();
    }

    /** Over libp2p a peer does not say why it closes, so this node's own verdict is all that its operator can be told. */
    private static void warnOfClock(PeerAddress address, Cause cause) {
        ConnectionRefusedReason reason = ConnectionRefusedReason.Other.BAD_TIMESTAMP;
        if (cause.equals(new Cause.RefusedByPeer(reason))) {
            LOG.log(
                    Level.WARNING,
                    "peer {0}: refuses this node because their clocks differ by more than 90 s: if more peers say so, "
                            + "your clock is off; let NTP set it",
                    address);
        } else if (cause.equals(new Cause.RefusedByUs(reason))) {
            LOG.log(
                    Level.WARNING,
                    "peer {0}: its clock is more than 90 s off this node''s: if those of more peers are, your clock is off; "
                            + "let NTP set it",
                    address);
        }
    }
}
