package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.port.Carrier;
import proteus.bootstrap.interop.ProteusNode.Setup;

/** The same nonsense is said to a real node and to Proteus over the gateway, in both of its forms. */
@WithRealNode
final class GatewaySanctionsTest {

    private static final Path OUTPUT = Path.of("target", "interop");

    private final RealPrograms programs = RealPrograms.current();

    @TempDir
    private Path directory;

    @Test
    void overLibp2pTheRealNodeAndProteusMakeTheSameOfNonsense(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        makeTheSameOf(GatewayForm.V2, seen);
        makeTheSameOf(GatewayForm.V1, seen);
        seen.says("after ten requests for genesis another connection from that IP is closed without a word, by both");
    }

    private void makeTheSameOf(GatewayForm form, Seen seen) throws Exception {
        List<Nonsense> nonsense = JsonNonsense.in(form);
        try (RealNode real = RealNode.start(
                        programs,
                        directory.resolve("real-" + form),
                        "--blocks-only",
                        "--no-serve-archival-mutator-set",
                        "--max-num-peers",
                        "100",
                        "--max-connections-per-ip",
                        "100");
                ProteusNode proteus = ProteusNode.start(directory.resolve("proteus-" + form), Setup.OPEN_LIBP2P)) {
            NonsenseTable toReal = NonsenseTable.of(new GatewayDial(real.endpoint(Carrier.LIBP2P_TCP), form), nonsense);
            NonsenseTable toProteus =
                    NonsenseTable.of(new GatewayDial(proteus.endpoint(Carrier.LIBP2P_TCP), form), nonsense);
            List<String> ofReal = toReal.lines(NonsenseTable.standings(real.cli()));
            List<String> ofProteus = toProteus.lines(NonsenseTable.standings(proteus.cli(programs)));
            Files.createDirectories(OUTPUT);
            Files.write(OUTPUT.resolve("gateway-nonsense-" + form + "-real.txt"), ofReal);
            Files.write(OUTPUT.resolve("gateway-nonsense-" + form + "-proteus.txt"), ofProteus);

            List<String> known = KnownDifferences.assertTheOnlyOnes(ofReal, ofProteus);
            seen.says(form.id() + ": " + nonsense.size()
                    + " sessions with each, every one from another IP: answers to the "
                    + "byte, whether the session goes on, score and latest sanction of all-punished-peers are the same but "
                    + "for " + known.size() + ", for the reasons that are below");

            String banned = "10 times: asks for genesis by height";
            assertThat(ofReal).contains(banned + ": no answer, closed, standing -1000, requestforgenesisblock");
            assertThat(List.of(toReal.again(banned), toProteus.again(banned))).containsOnly("closed without a word");
        }
    }
}
