package proteus.adapters.libp2p.engine.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** A log that keeps what it is given. For one thread. */
final class RecordingLog implements System.Logger {

    /** What was logged with an exception. */
    record Line(Level level, String text, Throwable thrown) {}

    private final List<Line> lines = new ArrayList<>();

    List<Line> lines() {
        return List.copyOf(lines);
    }

    @Override
    public String getName() {
        return "recording";
    }

    @Override
    public boolean isLoggable(Level level) {
        return true;
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable thrown) {
        lines.add(new Line(level, Objects.requireNonNull(text), Objects.requireNonNull(thrown)));
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String format, Object... values) {
        throw new AssertionError("logged without its exception: " + format);
    }
}
