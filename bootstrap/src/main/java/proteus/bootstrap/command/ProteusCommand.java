package proteus.bootstrap.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command line. Does nothing itself but name the commands. */
@Command(
        name = "proteus",
        header = {"Proteus, a full node for the Neptune Cash network, in the making.", ""},
        description = {
            "",
            "So far it speaks both peer stacks, syncs, keeps and serves the chain, and mines on networks with mock proofs. It "
                    + "verifies no STARK proofs yet, and has no mempool and no wallet."
        },
        footer = {
            "",
            "Examples:",
            "  proteus demo                     four nodes that talk to each other, live",
            "  proteus run --network regtest    a node; neptune-cli drives it",
            "  proteus stage                    how far a running node is on its way to libp2p",
            "  proteus dashboard                a link to the page of a running node",
            "  proteus log-level debug          a running node says more in its log",
            "  proteus decode < frames.jsonl    recorded frames, each message readable",
            "  proteus help conform             what one command can do",
            "",
            "Set PROTEUS_JAVA_OPTS to change how Java is started, for example PROTEUS_JAVA_OPTS=-Xmx2g."
        })
final class ProteusCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
