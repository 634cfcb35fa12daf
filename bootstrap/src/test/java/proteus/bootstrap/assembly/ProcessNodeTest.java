package proteus.bootstrap.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

class ProcessNodeTest {

    private static final PeerAddress ADDRESS = new PeerAddress(new IpAddress.V4(0x7F000001), 9795);
    private static final String LINK = "http://127.0.0.1:9795/#token=abc";

    @Test
    void aTokenIsPrintedOnATerminal() {
        assertThat(ProcessNode.dashboard(ADDRESS, () -> LINK, true)).contains(LINK);
    }

    /** It would be in the journal of the system, and wherever that is sent. */
    @Test
    void noTokenIsMadeForAnythingElse() {
        String line = ProcessNode.dashboard(
                ADDRESS,
                () -> {
                    throw new AssertionError("a token was made");
                },
                false);

        assertThat(line)
                .isEqualTo(
                        "Dashboard: http://127.0.0.1:9795/ ('proteus dashboard' prints a link that may set the stage)");
    }
}
