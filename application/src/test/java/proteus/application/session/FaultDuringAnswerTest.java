package proteus.application.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.comparison.Comparison;
import proteus.application.contract.Descriptions;
import proteus.application.contract.ManualScheduler;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.Direction;
import proteus.application.port.InboundFrame;
import proteus.application.port.PeerConnection;
import proteus.application.runtime.PlatformWorkPool;
import proteus.application.session.SessionEnd.Reason;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;
import proteus.domain.peer.PeerStanding;

/** A peer that sends a request and a fault in one go: the fault closes the connection before the request is answered. */
final class FaultDuringAnswerTest {

    private record Fault(ConnectionEvent event, int score) {}

    private static Stream<Fault> faults() {
        return Stream.of(
                new Fault(new ConnectionEvent.FrameOversized(PeerMessageKind.BYE, 70_000), -200),
                new Fault(new ConnectionEvent.FrameUnknown(), -1));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void theFaultIsPunishedAlthoughTheAnswerCannotBeSent(Fault fault) throws Exception {
        SessionStanding standing = new SessionStanding(PeerStanding.neutral(1000));

        SessionEnd end = converse(new Closing(fault.event), standing);

        assertThat(standing.current().score()).isEqualTo(fault.score);
        assertThat(end.reason()).isEqualTo(Reason.FRAMING);
    }

    @Test
    void aConnectionThatJustEndsCostsNothing() throws Exception {
        SessionStanding standing = new SessionStanding(PeerStanding.neutral(1000));

        SessionEnd end = converse(new Closing(new ConnectionEvent.Closed(CloseCause.REMOTE)), standing);

        assertThat(standing.current().score()).isZero();
        assertThat(end.reason()).isEqualTo(Reason.CONNECTION_CLOSED);
    }

    private static SessionEnd converse(PeerConnection connection, SessionStanding standing)
            throws InterruptedException {
        try (PlatformWorkPool pool = new PlatformWorkPool("work", 1, 1)) {
            ManualScheduler clock = new ManualScheduler();
            FakeSessionNode node = FakeSessionNode.atGenesis(pool, clock);
            try (node.chain) {
                return new PeerSession(connection, standing, node, clock, pool, new Comparison(clock, Map::of)).run();
            }
        }
    }

    /** Gives one request, and when asked for more what ends it; then takes nothing. */
    private static final class Closing implements PeerConnection {

        private final ConnectionEvent last;
        private int asked;
        private Consumer<ConnectionEvent> listener = _ -> {};

        Closing(ConnectionEvent last) {
            this.last = last;
        }

        @Override
        public Description description() {
            return Descriptions.of(Direction.INBOUND, Descriptions.loopback(4000), 7);
        }

        @Override
        public void open(Consumer<ConnectionEvent> events) {
            listener = events;
        }

        @Override
        public void request() {
            asked++;
            if (asked == 1) {
                listener.accept(new ConnectionEvent.FrameArrived(new Request()));
            } else if (asked == 2) {
                listener.accept(last);
            }
        }

        @Override
        public void send(PeerMessage message) throws ConnectionClosedException {
            throw new ConnectionClosedException("closed");
        }

        @Override
        public Traffic traffic() {
            return new Traffic(0, 0, 0, 0);
        }

        @Override
        public void close() {}
    }

    private static final class Request implements InboundFrame {

        @Override
        public PeerMessageKind kind() {
            return PeerMessageKind.PEER_LIST_REQUEST;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public PeerMessage decode() {
            return new PeerMessage.PeerListRequest();
        }

        @Override
        public void close() {}
    }
}
