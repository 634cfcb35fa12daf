package proteus.adapters.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.adapters.rpc.value.JsonContent;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PositivePeerSanction;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

class SanctionJsonTest {

    private static final String DIGEST = "\"" + "0".repeat(80) + "\"";

    private static String json(JsonContent content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            content.writeTo(json);
        }
        return text.toString();
    }

    private static String json(NegativePeerSanction sanction) {
        return json(out -> SanctionJson.write(out, sanction));
    }

    @Test
    void sanctionsWithContentAreObjects() {
        BlockHeight height = new BlockHeight(7);

        assertThat(json(new NegativePeerSanction.InvalidBlock(height, Digest.ZERO)))
                .isEqualTo("{\"InvalidBlock\":[7," + DIGEST + "]}");
        assertThat(json(new NegativePeerSanction.ForkResolutionError(height, 3, Digest.ZERO)))
                .isEqualTo("{\"ForkResolutionError\":[7,3," + DIGEST + "]}");
        assertThat(json(new NegativePeerSanction.ArchivalMutatorSetRequest(Long.MAX_VALUE)))
                .isEqualTo("{\"ArchivalMutatorSetRequest\":9223372036854775807}");
        assertThat(json(out -> SanctionJson.write(out, new PositivePeerSanction.ValidBlocks(3))))
                .isEqualTo("{\"ValidBlocks\":3}");
        assertThat(json(out -> SanctionJson.write(out, new PositivePeerSanction.NewBlockProposal())))
                .isEqualTo("\"NewBlockProposal\"");
    }

    @ParameterizedTest
    @MethodSource("sanctionsWithoutContent")
    void everyOtherSanctionIsItsName(Class<? extends NegativePeerSanction> type) throws ReflectiveOperationException {
        Constructor<? extends NegativePeerSanction> constructor = type.getDeclaredConstructor();

        assertThat(json(constructor.newInstance())).isEqualTo("\"" + type.getSimpleName() + "\"");
    }

    private static Stream<Class<?>> sanctionsWithoutContent() {
        return Arrays.stream(NegativePeerSanction.class.getPermittedSubclasses())
                .filter(type -> type.getRecordComponents().length == 0);
    }
}
