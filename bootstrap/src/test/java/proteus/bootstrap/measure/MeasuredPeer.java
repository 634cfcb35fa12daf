package proteus.bootstrap.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program with the command line of {@code ./proteus peer}.
 *
 * @param name for tables
 * @param command its first words
 */
record MeasuredPeer(String name, List<String> command) {

    private static final Pattern NUMBER = Pattern.compile("\"(?:mbps|ms)\":\\s*([0-9.]+)");

    /** A listener that runs until it is closed. */
    record Listener(String address, Process process) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.destroy();
            process.onExit().join();
        }
    }

    /** Starts a listener, and waits until it has said its address. */
    Listener listen(String transport, String security) throws IOException {
        Process process = start("listen", "--transport", transport, "--security", security, "--port", "0");
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        String address = reader.readLine();
        if (address == null) {
            throw new IOException(name + " does not listen");
        }
        Thread.ofVirtual().start(() -> drain(reader));
        return new Listener(address, process);
    }

    private static void drain(BufferedReader reader) {
        try (reader) {
            reader.transferTo(Writer.nullWriter());
        } catch (IOException ended) {
            // With its process.
        }
    }

    /** Dials, and gives what came out: Mbit/s of the last transfer of perf, ms of rtt. */
    double dial(String address, String security, String operation, long bytes, int count)
            throws IOException, InterruptedException {
        Process process = start(
                "dial",
                address,
                "--security",
                security,
                "--op",
                operation,
                "--bytes",
                String.valueOf(bytes),
                "--count",
                String.valueOf(count));
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher number = NUMBER.matcher(printed);
        if (process.waitFor() != 0 || !number.find()) {
            throw new IOException(name + ": " + operation + " with " + address + " failed: " + printed);
        }
        return Double.parseDouble(number.group(1));
    }

    private Process start(String... words) throws IOException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(words));
        return new ProcessBuilder(all).redirectError(Redirect.INHERIT).start();
    }
}
