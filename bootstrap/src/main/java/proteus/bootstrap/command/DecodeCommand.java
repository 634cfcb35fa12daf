package proteus.bootstrap.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code decode}: reads peer messages and prints them readable. */
@Command(
        name = "decode",
        header = "Print recorded peer messages readable: kind, size, content; for blocks height and computed hash.",
        description = {
            "",
            "Reads one frame a line, without its length prefix: either a JSON object with the hex in \"frame\" (\"t\", "
                    + "\"connection\" and \"from\" are shown where they are given), or the bare hex."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./proteus decode legacy-session.jsonl", "  echo 04fbd8d6 | ./proteus decode"})
final class DecodeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Lines to read, plain or gzipped; standard input if absent or \"-\".")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = {"-v", "--verbose"},
            description = "Print the whole record of each message, not just a line.")
    private boolean verbose;

    @Override
    public Integer call() throws IOException {
        try (InputStream in = open()) {
            return decode(in, new FrameReport(spec.commandLine().getOut(), verbose));
        }
    }

    private InputStream open() throws IOException {
        if (file.isEmpty() || file.get().toString().equals("-")) {
            return JsonLines.unpacked(System.in);
        }
        return JsonLines.unpacked(Files.newInputStream(file.get()));
    }

    /** Decodes all lines of {@code in}; returns the exit code. */
    static int decode(InputStream in, FrameReport report) throws IOException {
        JsonLines.forEach(in, (number, line) -> {
            String text = line.strip();
            if (text.startsWith("{")) {
                JsonObject object = JsonLines.parse(number, text);
                report.frame(number, object.origin(), object.bytes("frame"));
            } else {
                report.frame(number, "", JsonObject.hex(number, text));
            }
        });
        return report.finish();
    }
}
