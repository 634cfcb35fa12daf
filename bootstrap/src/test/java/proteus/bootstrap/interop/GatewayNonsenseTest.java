package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proteus.application.port.Carrier;
import proteus.bootstrap.interop.ProteusNode.Setup;

/**
 * What the real node made of each piece of nonsense over the gateway was noted by the profile interop-real, in either form;
 * Proteus makes the same of it.
 */
@Timeout(300)
final class GatewayNonsenseTest {

    private static final Path OF_THE_REAL_NODE = Path.of("src/test/resources/interop");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(GatewayForm.class)
    void aWholeNodeMakesTheSameOfNonsenseOverTheGatewayAsTheRealOneDid(GatewayForm form) throws Exception {
        List<String> ofReal = Files.readAllLines(
                OF_THE_REAL_NODE.resolve("gateway-nonsense-" + form + "-0.19.4.txt"), StandardCharsets.UTF_8);
        try (ProteusNode proteus = ProteusNode.start(directory, Setup.OPEN_LIBP2P)) {
            NonsenseTable table = NonsenseTable.of(
                    new GatewayDial(proteus.endpoint(Carrier.LIBP2P_TCP), form), JsonNonsense.in(form));

            List<String> ofProteus = table.lines(NonsenseTable.standings(proteus));

            assertThat(KnownDifferences.assertTheOnlyOnes(ofReal, ofProteus)).hasSize(7);
            assertThat(table.again("10 times: asks for genesis by height")).isEqualTo("closed without a word");
        }
    }
}
