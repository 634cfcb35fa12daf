package proteus.adapters.rpc.dashboard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import proteus.adapters.rpc.http.HttpReply;
import proteus.adapters.rpc.http.HttpStatus;

/**
 * Tells one browser of changes, as server-sent events. One that reads slowly gets fewer and larger ones: what it is told next is
 * made when it has read the last.
 */
final class EventStream {

    /** After so long without news something is said, so that a browser that is gone is noticed. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    private final Feed.Watch watch;

    private EventStream(Feed.Watch watch) {
        this.watch = watch;
    }

    /** The answer that goes on until the browser leaves, takes too long, or the feed ends. */
    static HttpReply reply(Feed.Watch watch) {
        return new HttpReply(HttpStatus.OK, "text/event-stream", true, new EventStream(watch)::writeTo);
    }

    private void writeTo(OutputStream out) throws IOException {
        try (watch) {
            write(out, "retry: " + watch.pace().multipliedBy(2).toMillis() + "\n\n");
            String name = "whole";
            while (!watch.isOver()) {
                Optional<String> event = watch.next(QUIET);
                write(out, event.isPresent() ? "event: " + name + "\ndata: " + event.get() + "\n\n" : ":\n\n");
                name = event.isPresent() ? "change" : name;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
