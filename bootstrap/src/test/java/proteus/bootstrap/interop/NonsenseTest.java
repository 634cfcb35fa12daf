package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import proteus.bootstrap.interop.NonsenseTable.Standing;
import proteus.bootstrap.legacy.SpeaksLegacy;

/** What the real node made of each piece of nonsense was noted by the profile interop-real; Proteus makes the same of it. */
@SpeaksLegacy
@Timeout(300)
final class NonsenseTest {

    private static final Path OF_THE_REAL_NODE = Path.of("src/test/resources/interop/nonsense-0.19.4.txt");

    @TempDir
    private Path directory;

    @Test
    void aWholeNodeMakesTheSameOfNonsenseAsTheRealOneDid() throws Exception {
        List<String> ofReal = Files.readAllLines(OF_THE_REAL_NODE, StandardCharsets.UTF_8);
        try (ProteusNode proteus = ProteusNode.start(directory, ProteusNode.Setup.OPEN)) {
            NonsenseTable table = NonsenseTable.of(proteus.address(), Nonsense.all());

            Eventually.until("all sessions have ended", proteus.node()::peers, List::isEmpty);
            List<String> ofProteus = table.lines(standings(proteus));

            assertThat(KnownDifferences.assertTheOnlyOnes(ofReal, ofProteus)).hasSize(14);
            assertThat(table.again("10 times: asks for genesis by height")).isEqualTo("closed without a word");
        }
    }

    static Map<String, Standing> standings(ProteusNode proteus) throws Exception {
        return proteus.node().punishedPeers().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().toString(),
                        entry -> new Standing(
                                entry.getValue().score(),
                                entry.getValue()
                                        .latestPunishment()
                                        .map(punishment ->
                                                punishment.sanction().getClass().getSimpleName())
                                        .orElse(""))));
    }
}
