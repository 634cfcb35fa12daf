package proteus.adapters.rpc.dashboard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import proteus.application.port.Randomness;

/**
 * Who may change something. A token is good for one exchange: whoever shows it gets the secret of a session, and the token is
 * dead. Both are 256 random bits; nothing of them is ever logged. Safe for use by many threads.
 */
final class Access {

    /** How long a token that nobody shows is good. */
    static final Duration TOKEN_LIFE = Duration.ofHours(1);

    /** How long a session is good that is not used. */
    static final Duration SESSION_LIFE = Duration.ofHours(12);

    /** The most of either at a time; the oldest goes when one more comes. */
    static final int MOST = 16;

    private static final int BYTES = 32;

    private final Randomness randomness;
    private final InstantSource clock;
    private final Deque<Secret> tokens = new ArrayDeque<>();
    private final Deque<Secret> sessions = new ArrayDeque<>();

    Access(Randomness randomness, InstantSource clock) {
        this.randomness = randomness;
        this.clock = clock;
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by isEqual alone
    private record Secret(byte[] text, Instant until) {

        static Secret of(String text, Instant until) {
            return new Secret(text.getBytes(StandardCharsets.UTF_8), until);
        }

        @Override
        public String toString() {
            return "Secret[…]";
        }
    }

    /** A fresh token. */
    synchronized String token() {
        return drawn(tokens, TOKEN_LIFE);
    }

    /** Whether a token can still be exchanged. */
    synchronized boolean isUnused(String token) {
        return found(tokens, token).isPresent();
    }

    /** The secret of a new session for a token that is good; after that it is not. */
    synchronized Optional<String> exchange(String token) {
        return taken(tokens, token).map(_ -> drawn(sessions, SESSION_LIFE));
    }

    /** Whether this is the secret of a session, whose time begins anew then. */
    synchronized boolean allows(String session) {
        Optional<Secret> known = taken(sessions, session);
        known.ifPresent(_ -> sessions.add(Secret.of(session, clock.instant().plus(SESSION_LIFE))));
        return known.isPresent();
    }

    private String drawn(Deque<Secret> secrets, Duration life) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        while (bytes.hasRemaining()) {
            bytes.putLong(randomness.nextLong());
        }
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
        while (secrets.size() >= MOST) {
            secrets.remove();
        }
        secrets.add(Secret.of(text, clock.instant().plus(life)));
        return text;
    }

    private Optional<Secret> taken(Deque<Secret> secrets, String shown) {
        Optional<Secret> found = found(secrets, shown);
        found.ifPresent(secrets::remove);
        return found;
    }

    /** Looks at all of them, each in a time that does not tell where it differs. */
    private Optional<Secret> found(Deque<Secret> secrets, String shown) {
        Instant now = clock.instant();
        secrets.removeIf(secret -> now.isAfter(secret.until()));
        byte[] bytes = shown.getBytes(StandardCharsets.UTF_8);
        Optional<Secret> found = Optional.empty();
        for (Secret secret : secrets) {
            if (MessageDigest.isEqual(secret.text(), bytes)) {
                found = Optional.of(secret);
            }
        }
        return found;
    }
}
