package proteus.application.frame;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import proteus.application.port.TaskScheduler.Timeout;

/** How long the present step of a frame may take. For the link's loop only. */
final class FrameDeadline {

    /** How long a frame waits for room in the budget. */
    static final Duration BUDGET_PATIENCE = Duration.ofSeconds(30);

    /** How long the bytes of a frame may take, before the time that its length gives it. */
    static final Duration FRAME_PATIENCE = Duration.ofSeconds(60);

    /** The slowest that a long frame may come, in bytes a second. */
    static final int LEAST_RATE = 65_536;

    private final FrameLink link;
    private final Consumer<FrameFault> missed;
    private @Nullable Timeout armed;

    /** No deadline yet; {@code missed} is told on the link's loop if one passes. */
    FrameDeadline(FrameLink link, Consumer<FrameFault> missed) {
        this.link = link;
        this.missed = missed;
    }

    /** Arms it for the bytes that tell a frame's kind. */
    void armForKind() {
        arm(FRAME_PATIENCE, "the first bytes of a frame did not come in time");
    }

    /** Arms it for the wait for room. */
    void armForRoom(long length) {
        arm(BUDGET_PATIENCE, "no room for a frame of " + length + " bytes");
    }

    /** Arms it for a whole frame. */
    void armForBody(long length) {
        arm(FRAME_PATIENCE.plusMillis(length * 1000 / LEAST_RATE), "a frame of " + length + " bytes came too slowly");
    }

    private void arm(Duration patience, String what) {
        disarm();
        armed = link.schedule(patience, () -> missed.accept(new FrameFault.Starved(what)));
    }

    boolean isArmed() {
        return armed != null;
    }

    void disarm() {
        if (armed != null) {
            armed.cancel();
            armed = null;
        }
    }
}
