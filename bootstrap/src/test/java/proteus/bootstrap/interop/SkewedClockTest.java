package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.application.port.Carrier;
import proteus.bootstrap.interop.ProteusNode.Setup;

/** Nobody on libp2p says that clocks differ, so a node whose clock is wrong has to find that out by itself. */
@Timeout(120)
final class SkewedClockTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"91, LIBP2P_TCP", "-91, LIBP2P_TCP", "91, LIBP2P_QUIC"})
    void aNodeWhoseClockIsWrongSaysSoWhenItDialsOverLibp2p(int secondsAhead, Carrier carrier) throws Exception {
        try (LogCapture log = new LogCapture();
                ProteusNode right = ProteusNode.start(directory.resolve("right"), Setup.OPEN_LIBP2P);
                SkewedNode wrong = SkewedNode.start(
                        directory.resolve("wrong"),
                        Setup.OPEN_LIBP2P.dialling(GatewayConnectingTest.target(right.endpoint(carrier))),
                        Duration.ofSeconds(secondsAhead))) {
            assertThat(log.await("its clock is more than 90 s off this node's")).startsWith("WARN ");
            assertThat(right.node().peers()).isEmpty();
            assertThat(wrong.node().peers()).isEmpty();
        }
    }
}
