package proteus.bootstrap.interop.libp2p;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import proteus.bootstrap.command.ProteusCommandLine;

/** Proteus: listens as a program, and dials within this process, because a start of Java takes a second. */
final class ProteusPeer implements InteropPeer {

    private static final String COMMAND = "peer";

    private final InteropPeer program = new PeerProcess(List.of("../proteus", COMMAND));

    private ProteusPeer() {}

    static Availability find() {
        return ProteusCommandLine.create().getSubcommands().containsKey(COMMAND)
                ? new Availability.Ready(new ProteusPeer())
                : new Availability.Missing("./proteus has no command " + COMMAND);
    }

    @Override
    public Listening listen(Link link) throws Exception {
        return program.listen(link);
    }

    @Override
    public Outcome dial(String address, Link link, Operation operation) {
        List<String> words = new ArrayList<>(List.of(COMMAND));
        words.addAll(InteropPeer.dialWords(address, link, operation));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = ProteusCommandLine.create();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exitCode = line.execute(words.toArray(String[]::new));
        return new Outcome(exitCode, out.toString(), err.toString());
    }
}
