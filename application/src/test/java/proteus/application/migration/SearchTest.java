package proteus.application.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import proteus.application.contract.Descriptions;
import proteus.application.port.Carrier;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.Direction;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.Stack;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** What is made of what is met where a peer is looked for. */
final class SearchTest {

    private static final IpAddress IP = new IpAddress.V4(0x0800_0007);
    private static final PeerAddress PEER = new PeerAddress(IP, 9798);
    private static final Cause CLOSED = new Cause.PortClosed("test");
    private static final Cause OTHER_PROTOCOL = new Cause.NotThisProtocol("test");
    private static final Cause SILENT = new Cause.TimedOut("test");
    private static final Cause UNREACHABLE = new Cause.Unreachable("test");
    private static final Cause ENDED = new Cause.ClosedByPeer("test");
    private static final Cause SOMEONE = new Cause.AnotherPeer("test");
    private static final Cause FULL = new Cause.RefusedByPeer(new ConnectionRefusedReason.MaxPeerNumberExceeded());

    private final FakeMigratingNode node = new FakeMigratingNode();

    /** What comes of it if QUIC and TCP, at one port each, end like this. */
    private MoveOutcome outcome(Cause quic, Cause tcp) throws InterruptedException {
        node.failing = endpoint -> endpoint.carrier() == Carrier.LIBP2P_QUIC ? quic : tcp;
        Search search = new Search(places(), PEER);
        Search.Result result = search.go(node.dialling(Stack.LIBP2P).orElseThrow(), gate(), () -> true);
        return ((Search.Result.NotFound) result).why();
    }

    private MoveGate gate() {
        return new MoveGate(
                node, new FakeMigratingNode.Session(Descriptions.of(Direction.OUTBOUND, PEER, 7)), Optional.empty());
    }

    private static List<PeerEndpoint> places() {
        return List.of(
                new PeerEndpoint(new PeerAddress(IP, 9800), Carrier.LIBP2P_QUIC),
                new PeerEndpoint(new PeerAddress(IP, 9801), Carrier.LIBP2P_TCP));
    }

    @Test
    void aPortThatRefusesOnTcpIsASignOfAnOldPeer() throws Exception {
        assertThat(outcome(CLOSED, CLOSED)).isEqualTo(MoveOutcome.OLD_PEER);
        assertThat(outcome(SILENT, CLOSED)).isEqualTo(MoveOutcome.OLD_PEER);
        assertThat(outcome(SILENT, OTHER_PROTOCOL)).isEqualTo(MoveOutcome.OLD_PEER);
        assertThat(outcome(OTHER_PROTOCOL, OTHER_PROTOCOL)).isEqualTo(MoveOutcome.OLD_PEER);
    }

    @Test
    void silenceResetsAndRefusalsAreNone() throws Exception {
        for (Cause cause : List.of(SILENT, UNREACHABLE, ENDED, FULL, new Cause.Stopped())) {
            assertThat(outcome(CLOSED, cause)).as(cause.text()).isEqualTo(MoveOutcome.LATER);
        }
        assertThat(outcome(CLOSED, new Cause.AlreadyConnected())).isEqualTo(MoveOutcome.NOT_NOW);
        for (Cause cause : List.of(UNREACHABLE, ENDED, FULL)) {
            assertThat(outcome(cause, CLOSED)).as(cause.text()).isEqualTo(MoveOutcome.LATER);
        }
        assertThat(outcome(SILENT, SILENT)).isEqualTo(MoveOutcome.LATER);
    }

    @Test
    void anotherNodeIsSomeoneElseUnlessTheRestIsUnclear() throws Exception {
        assertThat(outcome(SOMEONE, CLOSED)).isEqualTo(MoveOutcome.SOMEONE_ELSE);
        assertThat(outcome(CLOSED, SOMEONE)).isEqualTo(MoveOutcome.SOMEONE_ELSE);
        assertThat(outcome(SOMEONE, SILENT)).isEqualTo(MoveOutcome.LATER);
    }

    @Test
    void nowhereToLookIsNoSignOfAnOldPeer() throws Exception {
        Search.Result result =
                new Search(List.of(), PEER).go(node.dialling(Stack.LIBP2P).orElseThrow(), gate(), () -> true);

        assertThat(((Search.Result.NotFound) result).why()).isEqualTo(MoveOutcome.LATER);
    }

    @Test
    void whatTheBudgetDoesNotAllowIsLeftForLater() throws Exception {
        Search search = new Search(places(), PEER);
        AtomicInteger budget = new AtomicInteger(1);
        Search.Budget spend = () -> budget.getAndDecrement() > 0;

        assertThat(search.go(node.dialling(Stack.LIBP2P).orElseThrow(), gate(), spend))
                .isInstanceOf(Search.Result.Unfinished.class);
        assertThat(new ArrayList<>(node.held)).isEqualTo(places().subList(0, 1));
        budget.set(1);
        assertThat(search.go(node.dialling(Stack.LIBP2P).orElseThrow(), gate(), spend))
                .isInstanceOf(Search.Result.NotFound.class);
        assertThat(new ArrayList<>(node.held)).isEqualTo(places());
    }
}
