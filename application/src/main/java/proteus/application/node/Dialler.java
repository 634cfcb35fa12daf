package proteus.application.node;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.PeerConnection;
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

    private final List<PeerTransport> transports;
    private final AddressBook addressBook;

    /** Dials over {@code transports}, the preferred one first. */
    Dialler(List<PeerTransport> transports, AddressBook addressBook) {
        this.transports = List.copyOf(transports);
        this.addressBook = addressBook;
    }

    /**
     * Dials; with {@link PeerTarget.Protocol#EITHER}, the stack that answered there last comes first, then the preferred
     * one, and the next is tried when the one before is not spoken there.
     *
     * @throws DialFailedException with the reason of the stack that was tried last
     */
    PeerConnection dial(PeerTarget target) throws DialFailedException, InterruptedException {
        PeerAddress address = target.address();
        DialFailedException failure =
                new DialFailedException(new Cause.NotThisProtocol("this node does not run the stack for it"));
        for (PeerTransport transport : candidates(target)) {
            try {
                PeerConnection connection = transport.dial(address);
                addressBook.answered(address, transport.stack());
                return connection;
            } catch (DialFailedException failed) {
                failure = failed;
                if (!(failed.reason() instanceof Cause.NotThisProtocol)) {
                    break;
                }
                LOG.log(
                        Level.DEBUG,
                        "peer {0}: {1} is not spoken there: {2}",
                        address,
                        transport.stack(),
                        failed.getMessage());
            }
        }
        if (!(failure.reason() instanceof Cause.Stopped)) {
            addressBook.failed(address);
        }
        warnOfClock(address, failure.reason());
        throw failure;
    }

    private List<PeerTransport> candidates(PeerTarget target) {
        return switch (target.protocol()) {
            case LEGACY -> only(Stack.LEGACY);
            case LIBP2P -> only(Stack.LIBP2P);
            case EITHER -> {
                Optional<Stack> remembered = addressBook.stackOf(target.address());
                List<PeerTransport> ordered = new ArrayList<>(transports);
                ordered.sort(Comparator.comparing(transport -> !remembered.equals(Optional.of(transport.stack()))));
                yield ordered;
            }
        };
    }

    private List<PeerTransport> only(Stack stack) {
        return transports.stream()
                .filter(transport -> transport.stack() == stack)
                .toList();
    }

    private static void warnOfClock(PeerAddress address, Cause cause) {
        if (cause.equals(new Cause.RefusedByPeer(ConnectionRefusedReason.Other.BAD_TIMESTAMP))) {
            LOG.log(
                    Level.WARNING,
                    "peer {0}: refuses this node because their clocks differ by more than 90 s: if more peers say so, "
                            + "your clock is off; let NTP set it",
                    address);
        }
    }
}
