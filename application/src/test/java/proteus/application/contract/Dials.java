package proteus.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.HeldDial;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerTransport;

/** Dials for tests that look at how they end. */
public final class Dials {

    private static final int PATIENCE_SECONDS = 30;

    private Dials() {}

    /** Dials on a virtual thread; fails with another exception if that takes longer than any test should. */
    public static CompletableFuture<PeerConnection> elsewhere(PeerTransport from, PeerEndpoint to) {
        return elsewhere(() -> from.dial(to));
    }

    /** Begins to dial for {@code gate} in the same way, and holds. */
    public static CompletableFuture<HeldDial> holding(PeerTransport from, PeerEndpoint to, PeerGate gate) {
        return elsewhere(() -> from.hold(to, gate));
    }

    /** Completes a dial in the same way. */
    public static CompletableFuture<PeerConnection> completing(HeldDial held) {
        return elsewhere(held::complete);
    }

    private interface Blocking<T> {
        T get() throws DialFailedException, InterruptedException;
    }

    private static <T> CompletableFuture<T> elsewhere(Blocking<T> dial) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(dial.get());
            } catch (DialFailedException | InterruptedException | RuntimeException | AssertionError failure) {
                result.completeExceptionally(failure);
            }
        });
        return result.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits for a dial that must fail. */
    public static Cause failureOf(CompletableFuture<?> dial) {
        CompletionException wrapped = catchThrowableOfType(CompletionException.class, dial::join);
        assertThat(wrapped).hasCauseInstanceOf(DialFailedException.class);
        return ((DialFailedException) wrapped.getCause()).reason();
    }

    /** Dials where it must fail. */
    public static Cause failureOf(PeerTransport from, PeerEndpoint to) {
        return failureOf(elsewhere(from, to));
    }
}
