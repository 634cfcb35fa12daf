package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.port.Carrier;
import proteus.bootstrap.interop.ProteusNode.Setup;

/** What the real node made of broken JSON was noted by the profile interop-real; Proteus makes the same of it. */
@Timeout(300)
final class JsonNonsenseTest {

    private static final Path OF_THE_REAL_NODE = Path.of("src/test/resources/interop/json-nonsense-0.19.4.txt");

    @TempDir
    private Path directory;

    @Test
    void aWholeNodeMakesTheSameOfBrokenJsonAsTheRealOneDid() throws Exception {
        List<String> ofReal = Files.readAllLines(OF_THE_REAL_NODE, StandardCharsets.UTF_8);
        try (ProteusNode proteus = ProteusNode.start(directory, Setup.OPEN_LIBP2P)) {
            NonsenseTable table = NonsenseTable.of(
                    new GatewayDial(proteus.endpoint(Carrier.LIBP2P_TCP), GatewayForm.V1), JsonNonsense.broken());

            Eventually.until("all sessions have ended", proteus.node()::peers, List::isEmpty);

            assertThat(table.lines(NonsenseTest.standings(proteus))).containsExactlyElementsOf(ofReal);
        }
    }
}
