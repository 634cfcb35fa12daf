package proteus.application.frame;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import proteus.application.contract.ConnectedPair;
import proteus.application.contract.Descriptions;
import proteus.application.contract.PeerConnectionContract;
import proteus.application.port.Direction;

/** Connections over a pipe. */
final class FramedConnectionContractTest extends PeerConnectionContract {

    private static final ScheduledExecutorService LOOP = Executors.newSingleThreadScheduledExecutor();

    @Override
    protected ConnectedPair connect(int outboundBytes) {
        PipedLink near = PipedLink.on(LOOP, outboundBytes);
        PipedLink far = near.other();
        return new ConnectedPair(
                FramedConnection.over(near.frames(), Descriptions.of(Direction.OUTBOUND, near.peer(), 2)),
                FramedConnection.over(far.frames(), Descriptions.of(Direction.INBOUND, far.peer(), 1)));
    }

    @AfterAll
    static void endTheLoop() {
        LOOP.shutdownNow();
    }
}
