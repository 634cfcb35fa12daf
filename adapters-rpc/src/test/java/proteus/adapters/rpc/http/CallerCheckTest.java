package proteus.adapters.rpc.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerCheckTest {

    private final CallerCheck loopback = new CallerCheck(true);
    private final CallerCheck anywhere = new CallerCheck(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:9797",
                "LOCALHOST:9797",
                "a.localhost",
                "127.0.0.1",
                "127.0.0.1:9797",
                "192.0.2.7:1",
                "[::1]",
                "[::1]:9797",
                "[fe80::1%2]:9797"
            })
    void whatNoNameServerCanRedirectIsServed(String host) {
        assertThat(loopback.allows(Optional.of(host), Optional.empty())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "example.com", "example.com:9797", "localhost.example.com", "127.0.0.1.example.com", "::1:x"
            })
    void anyOtherNameIsRefusedOnLoopbackAlone(String host) {
        assertThat(loopback.allows(Optional.of(host), Optional.empty())).isFalse();
        assertThat(anywhere.allows(Optional.of(host), Optional.empty())).isTrue();
    }

    @Test
    void aRequestWithoutHostIsRefusedOnLoopbackAlone() {
        assertThat(loopback.allows(Optional.empty(), Optional.empty())).isFalse();
        assertThat(anywhere.allows(Optional.empty(), Optional.empty())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "http://example.com",
                "http://127.0.0.1",
                "http://127.0.0.1:9798",
                "https://127.0.0.1:9797"
            })
    void pagesOfOtherOriginsAreRefused(String origin) {
        assertThat(loopback.allows(Optional.of("127.0.0.1:9797"), Optional.of(origin)))
                .isFalse();
        assertThat(anywhere.allows(Optional.of("127.0.0.1:9797"), Optional.of(origin)))
                .isFalse();
    }

    @Test
    void aPageOfTheSameOriginIsServed() {
        assertThat(loopback.allows(Optional.of("localhost:9797"), Optional.of("http://localhost:9797")))
                .isTrue();
    }
}
