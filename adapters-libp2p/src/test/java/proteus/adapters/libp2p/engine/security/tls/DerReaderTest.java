package proteus.adapters.libp2p.engine.security.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.libp2p.engine.security.tls.DerReader.MalformedDerException;

class DerReaderTest {

    private static DerReader reader(String hex) {
        return new DerReader(HexFormat.of().parseHex(hex));
    }

    @Test
    void readsElementsOneAfterTheOther() throws Exception {
        DerReader reader = reader("0401aa0402bbcc");

        assertThat(reader.read(DerReader.OCTET_STRING).content()).containsExactly(0xaa);
        assertThat(reader.hasMore()).isTrue();
        assertThat(reader.read(DerReader.OCTET_STRING).encoded()).containsExactly(4, 2, 0xbb, 0xcc);
        assertThat(reader.hasMore()).isFalse();
        reader.finish();
    }

    @Test
    void readsLongLengths() throws Exception {
        assertThat(reader("048180" + "00".repeat(128))
                        .read(DerReader.OCTET_STRING)
                        .content())
                .hasSize(128);
        assertThat(reader("04820100" + "00".repeat(256))
                        .read(DerReader.OCTET_STRING)
                        .content())
                .hasSize(256);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Nothing, no length, too short, a length beyond what is left, all of them huge.
                "",
                "04",
                "0402aa",
                "048180aa",
                "0484ffffffff",
                "0483ffffff",
                "0489ffffffffffffffffff",
                // Not the shortest form, and no length at all.
                "048101aa",
                "0482000100",
                "0480aa0000",
                // Another tag.
                "0201aa"
            })
    void refusesWhatIsNoDer(String hex) {
        assertThatThrownBy(() -> reader(hex).read(DerReader.OCTET_STRING)).isInstanceOf(MalformedDerException.class);
    }

    @Test
    void refusesToFinishBeforeTheEnd() {
        assertThatThrownBy(() -> reader("00").finish())
                .isInstanceOf(MalformedDerException.class)
                .hasMessageContaining("1 bytes too many");
    }
}
