package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
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
            NonsenseTable table = NonsenseTable.of(new LegacyDial(proteus.address()), Nonsense.all());

            List<String> ofProteus = table.lines(NonsenseTable.standings(proteus));

            assertThat(KnownDifferences.assertTheOnlyOnes(ofReal, ofProteus)).hasSize(7);
            assertThat(table.again("10 times: asks for genesis by height")).isEqualTo("closed without a word");
        }
    }
}
