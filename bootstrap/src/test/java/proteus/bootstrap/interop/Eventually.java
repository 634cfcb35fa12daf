package proteus.bootstrap.interop;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits for what another process does, which can only be asked for again and again. */
public final class Eventually {

    /** The longest that a step may take on a machine with much else to do. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long PAUSE_MILLIS = 100;

    private Eventually() {}

    /** What is asked. */
    public interface Question<T> {

        /** The answer of now. */
        T ask() throws Exception;
    }

    /** Asks until the answer is as wanted; fails with the last answer if that takes more than {@link #PATIENCE}. */
    static <T> T until(String what, Question<T> question, Predicate<T> wanted) throws Exception {
        return until(what, PATIENCE, question, wanted);
    }

    /** Asks until the answer is as wanted, at most for {@code patience}. */
    public static <T> T until(String what, Duration patience, Question<T> question, Predicate<T> wanted)
            throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            T answer = question.ask();
            if (wanted.test(answer)) {
                return answer;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(
                        "not within " + patience.toSeconds() + " s: " + what + "; last seen: " + answer);
            }
            never.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Asks for so long, and fails with the first answer that is not as wanted. */
    static <T> void always(String what, Duration time, Question<T> question, Predicate<T> wanted) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        until(what + ", for " + time.toSeconds() + " s", time.plus(PATIENCE), question, answer -> {
            if (!wanted.test(answer)) {
                throw new AssertionError("no more: " + what + "; seen: " + answer);
            }
            return System.nanoTime() - end >= 0;
        });
    }

    /** Asks until there is an answer. */
    static <T> T present(String what, Question<Optional<T>> question) throws Exception {
        return until(what, question, Optional::isPresent).orElseThrow();
    }
}
