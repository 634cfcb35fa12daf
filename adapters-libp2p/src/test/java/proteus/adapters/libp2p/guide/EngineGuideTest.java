package proteus.adapters.libp2p.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.libp2p.engine.Host;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/** The programs of docs/engine.md are these here, and they work. */
class EngineGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "engine.md");
    private static final Path SOURCES = Path.of("src", "test", "java", "proteus", "adapters", "libp2p", "guide");

    @ParameterizedTest
    @ValueSource(strings = {"EchoServer.java", "EchoClient.java"})
    void theGuideShowsTheProgramThatIsCompiledHere(String file) throws Exception {
        String source = Files.readString(SOURCES.resolve(file));

        assertThat(codeOf(Files.readString(GUIDE))).contains(source);
    }

    @Test
    void theServerSendsBackWhatTheClientSends() throws Exception {
        try (Host server = EchoServer.start();
                Host client = EchoServer.start()) {
            Multiaddr address =
                    server.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")).get().withPeerId(server.peerId());

            assertThat(EchoClient.echo(client, address, "hello")).isEqualTo("hello");
        }
    }

    private static List<String> codeOf(String guide) {
        List<String> blocks = new ArrayList<>();
        int begin = guide.indexOf("```java\n");
        while (begin >= 0) {
            int start = begin + "```java\n".length();
            int end = guide.indexOf("```", start);
            blocks.add(guide.substring(start, end));
            begin = guide.indexOf("```java\n", end);
        }
        return blocks;
    }
}
