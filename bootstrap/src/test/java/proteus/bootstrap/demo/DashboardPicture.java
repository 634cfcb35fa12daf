package proteus.bootstrap.demo;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import proteus.adapters.rpc.browser.Browser;
import proteus.bootstrap.assembly.Shutdown;

/** Takes the picture of the dashboard that the README shows, of a demo that runs meanwhile. */
public final class DashboardPicture {

    private static final int WIDTH = 1440;
    private static final int HEIGHT = 1180;
    private static final Duration LENGTH = Duration.ofSeconds(60);

    /** The story has come to the link that is made bad. */
    private static final String BROKEN = "document.querySelectorAll('#journal .outcome[data-is=bad]').length > 0";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration AFTERWARDS = Duration.ofSeconds(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private DashboardPicture() {}

    /** Writes the PNG file that the first argument names, and one of the light colours beside it if there is a second. */
    public static void main(String[] args) throws Exception {
        Shutdown shutdown = new Shutdown();
        try (DemoNetwork network = DemoNetwork.start(List.of(), (_, _) -> {}, shutdown);
                Browser browser = Browser.open(WIDTH, HEIGHT)) {
            PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            DemoShow show = new DemoShow(network, new PrintWriter(new StringWriter()), false, InstantSource.system());
            String link = network.dashboard();
            Thread shown = Thread.ofPlatform().start(() -> run(show, shutdown));
            browser.resize(WIDTH, HEIGHT);
            browser.prefer("dark");
            browser.go(link);
            browser.await("document.querySelectorAll('#peers tbody tr').length === 4");
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!browser.is(BROKEN) && !shutdown.await(BETWEEN_LOOKS)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("the story of the demo did not come to its bad link");
                }
            }
            // The curve is to be seen going down again.
            boolean _ = shutdown.await(AFTERWARDS);
            browser.picture(Path.of(args[0]));
            if (args.length > 1) {
                browser.prefer("light");
                browser.picture(Path.of(args[1]));
            }
            out.println("Wrote " + String.join(" and ", args));
            shutdown.order();
            shown.join();
        }
    }

    private static void run(DemoShow show, Shutdown shutdown) {
        try {
            boolean _ = show.run(new DemoShow.Length(Optional.of(LENGTH), false), shutdown);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
