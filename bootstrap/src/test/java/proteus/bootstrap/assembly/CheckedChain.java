package proteus.bootstrap.assembly;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import proteus.adapters.persistence.RocksDbChainStore;
import proteus.application.contract.ComposedChain;
import proteus.application.port.StoreException;
import proteus.bootstrap.command.ExitCode;
import proteus.bootstrap.command.ProteusCommandLine;
import proteus.bootstrap.config.DataDirectory;
import proteus.bootstrap.config.Said;
import proteus.bootstrap.logging.ProgramLog;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;

/**
 * What a stopped node has stored, after {@code proteus check} found it sound.
 *
 * @param tip empty if there is no chain yet
 * @param height that of the tip; -1 without one
 * @param blocks all of them, on the chain or beside it
 */
record CheckedChain(Optional<Digest> tip, long height, Set<Digest> blocks) {

    /** Nothing stored. */
    static final CheckedChain EMPTY = new CheckedChain(Optional.empty(), -1, Set.of());

    CheckedChain {
        blocks = Set.copyOf(blocks);
    }

    /** Where the node stores its chain whose {@code --data-dir} is this. */
    static Path store(Path home, Network network) {
        return new DataDirectory(home.resolve(network.id())).chainStore();
    }

    /**
     * Runs the check on the store of a stopped node; fails if it is not content.
     *
     * @param home its {@code --data-dir}
     * @param most up to which height to look for blocks
     * @param when for the message of a failure
     */
    static CheckedChain in(Path home, Network network, int most, String when) throws StoreException {
        Path store = store(home, network);
        if (!Files.exists(store)) {
            return EMPTY;
        }
        requireSound(home, network, when);
        try (RocksDbChainStore open = RocksDbChainStore.openReadOnly(store)) {
            Optional<Digest> tip = open.tip();
            if (tip.isEmpty()) {
                return EMPTY;
            }
            Set<Digest> blocks = new HashSet<>();
            for (int height = 0; height <= most; height++) {
                blocks.addAll(open.blocksAt(new BlockHeight(height)));
            }
            BlockHeight height = open.header(tip.get()).orElseThrow().header().height();
            return new CheckedChain(tip, height.value(), blocks);
        }
    }

    private static void requireSound(Path home, Network network, String when) {
        StringWriter printed = new StringWriter();
        CommandLine program = ProteusCommandLine.create(
                        Said.host(home), ProgramLog.to(System.err), (_, _, _) -> ExitCode.FAILED)
                .setOut(new PrintWriter(printed, true))
                .setErr(new PrintWriter(printed, true));
        int code = program.execute("check", "--network=" + network.id(), "--data-dir=" + home);
        if (code != ExitCode.OK) {
            throw new AssertionError(when + ": the check ends with " + code + ": " + printed);
        }
    }

    /** The heights of the blocks of {@code chain} that are stored. */
    Set<Long> heightsOf(ComposedChain chain) {
        return chain.blocks().stream()
                .filter(block -> blocks.contains(block.digest()))
                .map(block -> block.header().height().value())
                .collect(Collectors.toUnmodifiableSet());
    }
}
