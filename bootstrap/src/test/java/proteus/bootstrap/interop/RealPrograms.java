package proteus.bootstrap.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The programs of the real node, in one version. They are looked for in {@code $NEPTUNE_HOME}, by default {@code
 * ~/.cache/neptune}: 0.19.4 in {@code bin}, another version in {@code VERSION/bin}.
 *
 * @param directory where they are
 * @param version what they are
 */
record RealPrograms(Path directory, String version) {

    private static final String CURRENT = "0.19.4";

    /** Version 0.19.4; without it nothing here can be tested, and the test fails. */
    static RealPrograms current() {
        RealPrograms programs = new RealPrograms(home().resolve("bin"), CURRENT);
        for (String name : List.of("neptune-core", "neptune-cli")) {
            if (!Files.isExecutable(programs.program(name))) {
                throw new AssertionError("the profile interop-real needs " + name + " " + CURRENT + " at "
                        + programs.program(name) + "; install it with `cargo install neptune-cash neptune-core-cli "
                        + "--version " + CURRENT + " --locked --root DIR` and set NEPTUNE_HOME to DIR");
            }
        }
        return programs;
    }

    /** Another version, which still dials over the legacy stack; empty if it is not installed. */
    static Optional<RealPrograms> other(String version) {
        RealPrograms programs = new RealPrograms(home().resolve(version).resolve("bin"), version);
        return Optional.of(programs).filter(found -> Files.isExecutable(found.program("neptune-core")));
    }

    private static Path home() {
        return Optional.ofNullable(System.getenv("NEPTUNE_HOME"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache", "neptune"));
    }

    /** One of them. */
    Path program(String name) {
        return directory.resolve(name);
    }

    /** What a program says of its version, such as {@code neptune-cash 0.19.4}. */
    static String versionOf(Path program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(program.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed.lines()
                .filter(line -> line.startsWith("neptune"))
                .findFirst()
                .orElse("no version: " + printed);
    }
}
