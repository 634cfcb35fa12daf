package proteus.adapters.rpc.browser;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium with one page, which has nothing but what it is given here; must be closed. For one thread.
 *
 * <p>Both programs must be installed; nothing is ever fetched from elsewhere.
 */
public final class Browser implements AutoCloseable {

    /** The Tab key. */
    public static final String TAB = "\uE004";

    /** The Enter key. */
    public static final String ENTER = "\uE007";

    /** The Escape key. */
    public static final String ESCAPE = "\uE00C";

    /** The left arrow. */
    public static final String LEFT = "\uE012";

    /** The right arrow. */
    public static final String RIGHT = "\uE014";

    /** The down arrow. */
    public static final String DOWN = "\uE015";

    /** The Shift key, which is held for the keys after it. */
    public static final String SHIFT = "\uE008";

    /** The End key. */
    public static final String END = "\uE010";

    private static final int MOST_TABS = 60;
    private static final Duration START = Duration.ofSeconds(30);

    /** Shorter than what chromedriver allows a script. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");

    /** Notes what a page must not do, from before its first script on. */
    private static final String NOTES = """
            window.violations = [];
            document.addEventListener('securitypolicyviolation', (event) =>
                window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
            window.errors = [];
            window.addEventListener('error', (event) => window.errors.push(String(event.message)));
            window.addEventListener('unhandledrejection', (event) => window.errors.push(String(event.reason)));
            """;

    private final Process process;
    private final Path profile;
    private final WebDriver driver;
    private final String session;

    private Browser(Process process, Path profile, WebDriver driver, String session) {
        this.process = process;
        this.profile = profile;
        this.driver = driver;
        this.session = session;
    }

    /** What is not installed of what this needs, in words; empty if nothing is missing. */
    public static Optional<String> missing() {
        if (Stream.of("chromium", "chromedriver").allMatch(Browser::isInstalled)) {
            return Optional.empty();
        }
        return Optional.of("chromium and chromedriver are not installed (Debian: chromium, chromium-driver)");
    }

    private static boolean isInstalled(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Starts one, with a window of this size. */
    public static Browser open(int width, int height) throws IOException {
        Path profile = Files.createTempDirectory("chromium-");
        Process process = new ProcessBuilder("chromedriver", "--port=0")
                .redirectErrorStream(true)
                .start();
        try {
            WebDriver driver = new WebDriver(port(process));
            Map<?, ?> created = (Map<?, ?>) Objects.requireNonNull(
                    driver.call("POST", "/session", Map.of("capabilities", capabilities(profile, width, height))));
            Browser browser =
                    new Browser(process, profile, driver, (String) Objects.requireNonNull(created.get("sessionId")));
            browser.cdp("Page.addScriptToEvaluateOnNewDocument", Map.of("source", NOTES));
            return browser;
        } catch (IOException | RuntimeException | AssertionError failure) {
            process.destroy();
            throw failure;
        }
    }

    /** Read by another thread, since nothing can interrupt who waits for a line of a process. */
    private static int port(Process process) throws IOException {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().name("chromedriver-output").start(() -> {
            try (Stream<String> lines = out.lines()) {
                lines.map(STARTED::matcher)
                        .filter(Matcher::find)
                        .forEach(started -> port.complete(Integer.parseInt(started.group(1))));
            } catch (UncheckedIOException ended) {
                port.completeExceptionally(ended);
            }
            port.completeExceptionally(new IOException("chromedriver ended"));
        });
        try {
            return port.get(START.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before chromedriver started", interrupted);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IOException("chromedriver did not start", failure);
        }
    }

    private static Map<String, Object> capabilities(Path profile, int width, int height) {
        List<String> arguments = List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--hide-scrollbars",
                "--user-data-dir=" + profile,
                "--window-size=" + width + "," + height);
        return Map.of(
                "alwaysMatch",
                Map.of(
                        "browserName",
                        "chrome",
                        "goog:chromeOptions",
                        Map.of("args", arguments),
                        "goog:loggingPrefs",
                        Map.of("browser", "ALL")));
    }

    private @Nullable Object call(String path, Object body) {
        return driver.call("POST", "/session/" + session + path, body);
    }

    /** Opens a page and waits until it is loaded. */
    public void go(String url) {
        call("/url", Map.of("url", url));
    }

    /** Loads the page again. */
    public void reload() {
        call("/refresh", Map.of());
    }

    /** What a function body returns in the page. */
    public @Nullable Object run(String script, Object... arguments) {
        return call("/execute/sync", Map.of("script", script, "args", List.of(arguments)));
    }

    /** The same of a text. */
    public String text(String expression, Object... arguments) {
        return String.valueOf(run("return String(" + expression + ")", arguments));
    }

    /** The same of a list of texts. */
    public List<String> texts(String expression) {
        List<String> texts = new ArrayList<>();
        ((List<?>) Objects.requireNonNull(run("return Array.from(" + expression + ", String)")))
                .forEach(text -> texts.add(String.valueOf(text)));
        return texts;
    }

    /** Whether an expression is true in the page. */
    public boolean is(String expression) {
        return Boolean.TRUE.equals(run("return Boolean(" + expression + ")"));
    }

    /** Waits until it is. The page itself looks, which costs less than to ask it again and again. */
    public void await(String expression) {
        boolean came = Boolean.TRUE.equals(run("""
                const end = performance.now() + arguments[0];
                return new Promise((done, fail) => {
                  const look = () => {
                    try {
                      const is = Boolean(%s);
                      if (is || performance.now() > end) { done(is); } else { setTimeout(look, 10); }
                    } catch (failure) { fail(failure); }
                  };
                  look();
                });
                """.formatted(expression), (int) PATIENCE.toMillis()));
        if (!came) {
            throw new AssertionError("waited in vain for " + expression + "; errors: " + text("window.errors")
                    + ", violations: " + text("window.violations") + ", console: " + console());
        }
    }

    /** Presses keys, one after the other. */
    public void press(String... keys) {
        List<Map<String, String>> actions = new ArrayList<>();
        List<String> held = new ArrayList<>();
        for (String key : keys) {
            actions.add(Map.of("type", "keyDown", "value", key));
            if (key.equals(SHIFT)) {
                held.add(key);
            } else {
                actions.add(Map.of("type", "keyUp", "value", key));
            }
        }
        held.forEach(key -> actions.add(Map.of("type", "keyUp", "value", key)));
        call("/actions", Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", actions))));
    }

    /** Goes on by the Tab key until what has the focus fits the selector. */
    public void tabTo(String selector) {
        for (int i = 0; i < MOST_TABS; i++) {
            press(TAB);
            if (is("document.activeElement.matches('" + selector + "')")) {
                return;
            }
        }
        throw new AssertionError("no way by the Tab key to " + selector);
    }

    /** What the page did since its start that it must not: broken policies, errors, requests to others than {@code own}. */
    public List<String> misdeeds(String own) {
        List<String> misdeeds = new ArrayList<>(texts("window.violations"));
        misdeeds.addAll(texts("window.errors"));
        requests().stream()
                .filter(request ->
                        !request.startsWith(own) && !request.startsWith("chrome://") && !request.startsWith("data:"))
                .forEach(misdeeds::add);
        return misdeeds;
    }

    /** A command of Chromium's own protocol. */
    public @Nullable Object cdp(String command, Map<String, Object> parameters) {
        return call("/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    /** Makes the window so large. */
    public void resize(int width, int height) {
        cdp(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Lets the page think that its reader prefers {@code dark} or {@code light}. */
    public void prefer(String scheme) {
        cdp(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** A picture of what the window shows, as a PNG file. */
    public void picture(Path file) throws IOException {
        String image = (String) Objects.requireNonNull(driver.call("GET", "/session/" + session + "/screenshot", null));
        Files.write(file, Base64.getDecoder().decode(image));
    }

    /** What the console said since this was asked last, as {@code LEVEL: message}. */
    public List<String> console() {
        return log("browser").stream()
                .map(entry -> entry.get("level") + ": " + entry.get("message"))
                .toList();
    }

    /** The addresses that the page asked for; what its policy kept it from is not among them, but a violation. */
    public List<String> requests() {
        return texts("performance.getEntriesByType('resource').map((entry) => entry.name)");
    }

    private List<Map<?, ?>> log(String type) {
        List<Map<?, ?>> entries = new ArrayList<>();
        ((List<?>) Objects.requireNonNull(call("/se/log", Map.of("type", type))))
                .forEach(entry -> entries.add((Map<?, ?>) Objects.requireNonNull(entry)));
        return entries;
    }

    @Override
    public void close() {
        try {
            driver.call("DELETE", "/session/" + session, null);
        } finally {
            process.destroy();
            awaitEnd();
            delete(profile);
        }
    }

    /** Its last processes may write while they end; what they leave is in the folder for temporary files. */
    private static void delete(Path profile) {
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException late) {
            System.getLogger(Browser.class.getName())
                    .log(System.Logger.Level.DEBUG, "the profile of a browser stays at " + profile, late);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
