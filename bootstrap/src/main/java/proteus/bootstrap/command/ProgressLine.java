package proteus.bootstrap.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import proteus.application.chain.ChainVerification;

/**
 * Shows how far a check is: on a terminal in one line with a bar that is written anew, elsewhere in a line every ten
 * seconds. Not safe for use by many threads.
 */
final class ProgressLine implements ChainVerification.Progress {

    private static final int BAR = 30;
    private static final Duration ON_TERMINAL = Duration.ofMillis(100);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final boolean terminal;
    private final InstantSource clock;
    private final Instant began;
    private Instant shown;

    ProgressLine(PrintWriter out, boolean terminal, InstantSource clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        began = clock.instant();
        shown = began;
    }

    @Override
    public void checked(long checked, long all) {
        Instant now = clock.instant();
        boolean due = Duration.between(shown, now).compareTo(terminal ? ON_TERMINAL : ELSEWHERE) >= 0;
        if (!due && !(terminal && checked == all)) {
            return;
        }
        shown = now;
        String text = text(checked, all, Duration.between(began, now));
        out.print(terminal ? "\r" + bar(checked, all) + " " + text + "  " + (checked == all ? "\n" : "") : text + "\n");
        out.flush();
    }

    private static String text(long checked, long all, Duration elapsed) {
        double perSecond = 1000.0 * checked / Math.max(1, elapsed.toMillis());
        long left = Math.round((all - checked) / Math.max(perSecond, 0.001));
        return String.format(Locale.ROOT, "%,d of %,d blocks, %.0f blocks/s, %d s left", checked, all, perSecond, left);
    }

    private static String bar(long checked, long all) {
        int full = (int) (BAR * checked / all);
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
    }
}
