package proteus.adapters.libp2p.engine.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConnectionIdsTest {

    private final ConnectionIds ids = new ConnectionIds(new SecureRandom());

    @Test
    @DisplayName("CVE-2026-50009: a connection id tells nothing of its reset token")
    void theResetTokenIsNotMadeOfTheId() {
        ByteBuffer id = ids.newId(20);
        Set<ByteBuffer> tokens = new HashSet<>();

        for (int i = 0; i < 100; i++) {
            tokens.add(ids.newResetToken(id.duplicate()));
        }

        // Were it a function of the id, they would be one.
        assertThat(tokens).hasSize(100).allMatch(token -> token.remaining() == 16);
        assertThat(ids.isIdempotent()).isFalse();
    }

    @Test
    void noIdIsMadeOfWhatTheRemoteChose() {
        ByteBuffer chosen = ByteBuffer.wrap(new byte[20]);

        assertThat(ids.newId(chosen.duplicate(), 20)).isNotEqualTo(ids.newId(chosen.duplicate(), 20));
    }
}
