package proteus.bootstrap.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code demo}: shows what the program can do so far. */
@Command(
        name = "demo",
        header = "Show what this program can do so far: read a real session of two Neptune peers.",
        description = {
            "",
            "Decodes a bundled part of a session that a real neptune-core 0.19.4 held over its legacy port, with 30 of its "
                    + "blocks. The demo will be three nodes that talk to each other once this program has a node to run."
        })
final class DemoCommand implements Callable<Integer> {

    private static final String RECORDING = "recorded-session.jsonl.gz";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "A recorded session with a real neptune-core 0.19.4 on regtest, decoded and hashed by this program.");
        out.println("This stands in for a live demo: there is no node to run yet.");
        out.println();
        try (InputStream packed = DemoCommand.class.getResourceAsStream(RECORDING)) {
            if (packed == null) {
                throw new IllegalStateException("the distribution lacks " + RECORDING);
            }
            return DecodeCommand.decode(JsonLines.unpacked(packed), new FrameReport(out, false));
        }
    }
}
