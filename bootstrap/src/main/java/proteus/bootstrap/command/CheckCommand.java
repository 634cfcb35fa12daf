package proteus.bootstrap.command;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import proteus.adapters.persistence.RocksDbChainStore;
import proteus.application.chain.ChainVerification;
import proteus.application.chain.ChainVerification.Finding;
import proteus.application.port.StoreException;
import proteus.application.port.WorkPool;
import proteus.application.runtime.PlatformWorkPool;
import proteus.bootstrap.config.Host;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.UnverifiedProofs;
import proteus.domain.network.Network;
import proteus.domain.network.NetworkParameters;

/** {@code check}: is the chain that a node stored valid? */
@Command(
        name = "check",
        header = "Judge the stored chain of a stopped node from genesis on; name the first bad block.",
        description = {
            "",
            "All files are read through. Then every block is judged as if it had just come from a peer: its hash, its "
                    + "work, all rules, and that it stands on the one before it; the blocks beside the chain too. No "
                    + "file is changed. How far it is goes to standard error."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./proteus check --network regtest", "  ./proteus check --network regtest --data-dir /srv/proteus"})
final class CheckCommand implements Callable<Integer> {

    private final StoreLocation location;
    private final InstantSource clock = InstantSource.system();

    @Spec
    private CommandSpec spec;

    private CheckCommand(StoreLocation location) {
        this.location = location;
    }

    /** The command with its options. */
    static CommandSpec of(Host host) {
        StoreLocation location = new StoreLocation(host);
        return location.addTo(CommandSpec.forAnnotatedObject(new CheckCommand(location)));
    }

    @Override
    public Integer call() throws StoreException, InterruptedException {
        Network network = location.network(spec);
        Path dir = location.find(spec).chainStore();
        if (!Files.exists(dir)) {
            throw new CommandFailedException(
                    "there is no chain store at " + dir + "; are --network and --data-dir those of the node?");
        }
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        try (RocksDbChainStore store = RocksDbChainStore.openReadOnly(dir);
                WorkPool pool = new PlatformWorkPool("check-", threads, threads)) {
            store.verifyFiles();
            BlockValidation rules = new BlockValidation(network, new UnverifiedProofs());
            ChainVerification verification = new ChainVerification(network, store, rules, pool, clock);
            int code = report(dir, verification.verify(progress()));
            if (!NetworkParameters.of(network).usesMockProofs()) {
                spec.commandLine()
                        .getOut()
                        .println("The STARK proofs of its blocks were not verified: this node cannot do that yet.");
            }
            return code;
        }
    }

    private ChainVerification.Progress progress() {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return new ProgressLine(spec.commandLine().getErr(), terminal, clock);
    }

    private int report(Path dir, Finding finding) {
        PrintWriter out = spec.commandLine().getOut();
        return switch (finding) {
            case Finding.Empty() -> {
                out.printf("The chain store at %s has no blocks yet.%n", dir);
                yield ExitCode.OK;
            }
            case Finding.Sound(var tip, long beside) -> {
                out.printf(
                        "The chain store at %s is sound: height %s, tip %s, %,d blocks beside the chain.%n",
                        dir, tip.header().height(), tip.digest(), beside);
                yield ExitCode.OK;
            }
            case Finding.Unsound(var height, var digest, String what) -> {
                out.printf("The chain store at %s is BAD: block %s, %s, %s.%n", dir, height, digest, what);
                out.println("Move the directory away to fetch the chain anew.");
                yield ExitCode.FAILED;
            }
        };
    }
}
