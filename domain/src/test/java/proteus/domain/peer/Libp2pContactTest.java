package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Libp2pContactTest {

    private static final PeerId ID =
            PeerId.parse("12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN").orElseThrow();
    private static final HandshakeFlags FLAGS = new HandshakeFlags(false, OptionalInt.of(26));

    @Test
    void standsFromPositionEightOn() {
        Libp2pContact contact = new Libp2pContact(ID, Optional.of(9801), Optional.of(9800));

        assertThat(contact.toExtraData(FLAGS))
                .isEqualTo("0K------~P1,12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN,9801,9800;")
                .hasSizeLessThan(HandshakeData.MAX_EXTRA_DATA_BYTES);
    }

    @Test
    void isReadBackAndLeavesTheFlagsAlone() {
        Libp2pContact onlyQuic = new Libp2pContact(ID, Optional.empty(), Optional.of(65_535));
        String text = onlyQuic.toExtraData(FLAGS);

        assertThat(Libp2pContact.parse(text)).contains(onlyQuic);
        assertThat(Libp2pContact.parse(text + "whatever comes later")).contains(onlyQuic);
        assertThat(HandshakeFlags.parse(text)).isEqualTo(FLAGS);
    }

    @Test
    void positionsCountCharacters() {
        String text = new Libp2pContact(ID, Optional.of(1), Optional.empty()).toExtraData(FLAGS);

        assertThat(Libp2pContact.parse("0K\uD83D\uDE80-----" + text.substring(8)))
                .isPresent();
        assertThat(Libp2pContact.parse("0K\uD83D\uDE80----" + text.substring(8)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1K",
                "1K------",
                "1K------~P1,",
                "1K------~P1,Qm,1,1;",
                "1K------~P1,12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN,1,1",
                "1K------~P1,12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN,0,1;",
                "1K------~P1,12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN,1,65536;",
                "1K------~P1,12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN,+1,1;",
                "1K------~P2,12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN,1,1;",
                "1K-----~P1,12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN,1,1;"
            })
    void anythingElseSaysNothing(String extraData) {
        assertThat(Libp2pContact.parse(extraData)).isEmpty();
    }

    @Test
    void portsHaveTheirRange() {
        assertThatThrownBy(() -> new Libp2pContact(ID, Optional.of(0), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Libp2pContact(ID, Optional.empty(), Optional.of(65_536)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
