package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.bootstrap.legacy.SpeaksLegacy;

/** The same nonsense is said to a real node and to Proteus, which are to make the same of it. */
@SpeaksLegacy
@WithRealNode
final class SanctionsTest {

    private static final Path OUTPUT = Path.of("target", "interop");

    private final RealPrograms programs = RealPrograms.current();

    @TempDir
    private Path directory;

    @Test
    void theRealNodeAndProteusMakeTheSameOfNonsense(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        List<Nonsense> nonsense = Nonsense.all();
        try (RealNode real = RealNode.start(
                        programs,
                        directory.resolve("real"),
                        "--blocks-only",
                        "--no-serve-archival-mutator-set",
                        "--max-num-peers",
                        "100",
                        "--max-connections-per-ip",
                        "100");
                ProteusNode proteus = ProteusNode.start(directory.resolve("proteus"), ProteusNode.Setup.OPEN)) {
            NonsenseTable toReal = NonsenseTable.of(new LegacyDial(real.address()), nonsense);
            NonsenseTable toProteus = NonsenseTable.of(new LegacyDial(proteus.address()), nonsense);
            List<String> ofReal = toReal.lines(NonsenseTable.standings(real.cli()));
            List<String> ofProteus = toProteus.lines(NonsenseTable.standings(proteus.cli(programs)));
            Files.createDirectories(OUTPUT);
            Files.write(OUTPUT.resolve("nonsense-real.txt"), ofReal);
            Files.write(OUTPUT.resolve("nonsense-proteus.txt"), ofProteus);

            List<String> known = KnownDifferences.assertTheOnlyOnes(ofReal, ofProteus);
            seen.says(nonsense.size()
                    + " sessions with each, every one from another IP: answers to the byte, whether the "
                    + "connection stays, score and latest sanction of all-punished-peers are the same but for "
                    + known.size() + ", for reasons that are below");

            String banned = "10 times: asks for genesis by height";
            assertThat(ofReal).contains(banned + ": no answer, closed, standing -1000, requestforgenesisblock");
            List<String> again = new ArrayList<>(List.of(toReal.again(banned), toProteus.again(banned)));
            assertThat(again).containsOnly("closed without a word");
            seen.says(
                    "after ten requests for genesis: -1000, closed without Bye, and another dial from that IP is closed "
                            + "without a word, by both");
        }
    }
}
