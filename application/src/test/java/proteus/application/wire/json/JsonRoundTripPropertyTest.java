package proteus.application.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proteus.application.samples.RandomPeerMessages;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

class JsonRoundTripPropertyTest {

    private static final int MESSAGES_PER_KIND = 40;

    @ParameterizedTest
    @EnumSource
    void everyMessageThatIsWrittenIsReadAgain(PeerMessageKind kind) throws MalformedMessageException {
        for (long seed = 0; seed < MESSAGES_PER_KIND; seed++) {
            PeerMessage message = new RandomPeerMessages(new Random(seed)).next(kind);

            byte[] text = PeerMessageJson.encode(message);

            assertThat(PeerMessageJson.decode(text)).as("seed %d", seed).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageIsReadFromTheMiddleOfAnArray(PeerMessageKind kind) throws MalformedMessageException {
        PeerMessage message = new RandomPeerMessages(new Random(1)).next(kind);
        byte[] text = PeerMessageJson.encode(message);
        byte[] around = new byte[text.length + 7];
        System.arraycopy(text, 0, around, 3, text.length);

        assertThat(PeerMessageJson.decode(around, 3, text.length)).isEqualTo(message);
    }
}
