package proteus.application.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.StackFigures.EndCause;
import proteus.application.session.SessionEnd.Reason;

final class EndsTest {

    @ParameterizedTest
    @CsvSource({
        "PEER_LEFT, , PEER",
        "PEER_REFUSED, REMOTE, PEER",
        "FRAMING, PROTOCOL, FAULT",
        "BANNED, , FAULT",
        "UNWANTED, , FAULT",
        "ORDERED, , OURS",
        "EXPELLED, , OURS",
        "FAILED, , OURS",
        "FELL_BEHIND, , SLOW",
        "CONNECTION_CLOSED, , SLOW",
        "CONNECTION_CLOSED, LOCAL, OURS",
        "CONNECTION_CLOSED, REMOTE, PEER",
        "CONNECTION_CLOSED, LOST, BROKEN",
        "CONNECTION_CLOSED, OUTBOUND_FULL, SLOW",
        "CONNECTION_CLOSED, STARVED, SLOW",
        "CONNECTION_CLOSED, PROTOCOL, FAULT"
    })
    void anEndIsSomebodysDoing(Reason reason, CloseCause closed, EndCause whose) {
        assertThat(Ends.cause(new SessionEnd(reason, ""), Optional.ofNullable(closed)))
                .isEqualTo(whose);
    }
}
