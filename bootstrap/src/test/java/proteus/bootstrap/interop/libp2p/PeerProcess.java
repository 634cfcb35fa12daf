package proteus.bootstrap.interop.libp2p;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that is run for each listener and each operation. */
final class PeerProcess implements InteropPeer {

    private static final long PATIENCE_SECONDS = 60;

    private final List<String> program;

    /** The program and its first words. */
    PeerProcess(List<String> program) {
        this.program = List.copyOf(program);
    }

    @Override
    public Listening listen(Link link) throws Exception {
        Path errors = Files.createTempFile("listener-", ".txt");
        Process process = builder(InteropPeer.listenWords(link))
                .redirectError(errors.toFile())
                .start();
        CompletableFuture<Optional<String>> first = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> readOn(process, first));
        try {
            String address = first.get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .orElseThrow(() -> new IOException("it printed no address"));
            return new Running(address, process, errors);
        } catch (Exception failure) {
            process.destroyForcibly();
            throw new AssertionError("no listener: " + program + ": " + Files.readString(errors), failure);
        }
    }

    /** Reads the first line, and then on, so that the process never waits for a reader. */
    private static void readOn(Process process, CompletableFuture<Optional<String>> first) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            first.complete(Optional.ofNullable(reader.readLine()));
            reader.transferTo(Writer.nullWriter());
        } catch (IOException failure) {
            first.completeExceptionally(failure);
        }
    }

    /** A listener that ends when its standard input does. */
    private record Running(String address, Process process, Path errors) implements Listening {

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.destroy();
            if (!hasEnded()) {
                process.destroyForcibly();
                throw new AssertionError("does not end when it is told to: the listener at " + address + ": "
                        + Files.readString(errors));
            }
            Files.delete(errors);
        }

        private boolean hasEnded() {
            try {
                return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    @Override
    public Outcome dial(String address, Link link, Operation operation) throws Exception {
        Path out = Files.createTempFile("dialler-", ".out");
        Path err = Files.createTempFile("dialler-", ".err");
        try {
            ProcessBuilder dialler = builder(InteropPeer.dialWords(address, link, operation));
            Process process = dialler.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end within " + PATIENCE_SECONDS + " s: " + dialler.command() + ": "
                        + Files.readString(err));
            }
            return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private ProcessBuilder builder(List<String> words) {
        List<String> all = new ArrayList<>(program);
        all.addAll(words);
        return new ProcessBuilder(all);
    }
}
