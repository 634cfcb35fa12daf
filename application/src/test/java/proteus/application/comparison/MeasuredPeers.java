package proteus.application.comparison;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import proteus.application.contract.Descriptions;
import proteus.application.contract.ManualScheduler;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.Stack;
import proteus.application.port.StackFigures.EndCause;
import proteus.domain.comparison.Thresholds;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerMessage;

/** A comparison, and sessions that are measured without there being any. */
// The contract suites are not exported by the module, and the package of this class is.
@SuppressWarnings("exports")
public final class MeasuredPeers {

    // Tests are not exported.
    @SuppressWarnings("exports")
    public final ManualScheduler clock = new ManualScheduler();

    public final Comparison comparison = new Comparison(clock, () -> Map.of(Stack.LIBP2P, new Traffic(1, 2, 3, 4)));

    /** Nobody yet. */
    public MeasuredPeers() {
        comparison.use(new GuardSettings(true, Duration.ofSeconds(30), Thresholds.DEFAULT));
        comparison.useBothStacks(true);
    }

    /**
     * Eight peers in four networks that were slow on libp2p, were taken back, and are fast again.
     */
    public List<Peer> takenBack() {
        List<Peer> all =
                IntStream.range(0, 8).mapToObj(host -> peer(host % 4, host)).toList();
        for (Peer peer : all) {
            for (int i = 0; i < 12; i++) {
                peer.roundTrip(Duration.ofMillis(20));
            }
            peer.moveTo(Stack.LIBP2P);
        }
        reviewed(all, 12, Duration.ofMillis(400));
        all.forEach(peer -> peer.moveTo(Stack.LEGACY));
        reviewed(all, 8, Duration.ofMillis(20));
        return all;
    }

    private void reviewed(List<Peer> all, int minutes, Duration took) {
        List<PeerMeter> movable = all.stream().map(peer -> peer.meter).toList();
        for (int minute = 0; minute < minutes; minute++) {
            all.forEach(peer -> peer.roundTrip(took));
            all.forEach(peer -> peer.roundTrip(took));
            clock.advance(Duration.ofMinutes(1));
            comparison.stackGuard().review(movable, false);
        }
    }

    /** A peer in the network with this number. */
    public Peer peer(int network, int host) {
        return new Peer(network, host);
    }

    /** One session. */
    public final class Peer {

        private final AtomicReference<Description> current;
        private final int network;
        private final int host;
        final PeerMeter meter;
        private int line;

        private Peer(int network, int host) {
            this.network = network;
            this.host = host;
            current = new AtomicReference<>(description(Carrier.LEGACY_TCP));
            meter = comparison.meter(current::get, Map::of);
            meter.began(current.get());
        }

        private Description description(Carrier carrier) {
            PeerAddress address = new PeerAddress(new IpAddress.V4((8 << 24) + (network << 16) + host), 9798);
            Description legacy = Descriptions.of(Direction.OUTBOUND, address, host);
            return new Description(
                    carrier,
                    legacy.direction(),
                    legacy.address(),
                    legacy.peerId(),
                    legacy.handshake(),
                    clock.instant().minusMillis(40),
                    clock.instant());
        }

        /** Goes on over the other stack. */
        public void moveTo(Stack stack) {
            current.set(description(stack == Stack.LEGACY ? Carrier.LEGACY_TCP : Carrier.LIBP2P_TCP));
            line++;
            meter.carriedBy(current.get());
        }

        /** Asks, and is answered after so long. */
        public void roundTrip(Duration took) {
            meter.sent(line, new PeerMessage.PeerListRequest());
            clock.advance(took);
            answer();
        }

        boolean isToProbe() {
            return meter.isToProbe(line);
        }

        /** Asks, and is not answered. */
        void ask() {
            meter.sent(line, new PeerMessage.PeerListRequest());
        }

        /** Who it is. */
        public PeerId peerId() {
            return current.get().peerId();
        }

        Stack stack() {
            return current.get().stack();
        }

        boolean answer() {
            return answerOver(line);
        }

        boolean answerOver(int number) {
            PeerMessage answer = new PeerMessage.PeerListResponse(List.of());
            return meter.received(number, current.get().stack(), answer, 100, clock.nanos());
        }

        void end(EndCause why) {
            meter.ended(why);
        }
    }
}
