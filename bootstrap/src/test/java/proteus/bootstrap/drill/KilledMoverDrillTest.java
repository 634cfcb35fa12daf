package proteus.bootstrap.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.application.contract.Await;
import proteus.application.port.Carrier;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerTarget;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.bootstrap.command.ExitCode;
import proteus.bootstrap.command.ProteusCommandLine;
import proteus.bootstrap.config.Said;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.bootstrap.logging.ProgramLog;

/**
 * Kills a whole node with SIGKILL while it moves its sessions, there and back: three times, four with the profile {@code heavy},
 * N with {@code -Ddrill.kills=N}; {@code -Dstore.seed=N} for other moments.
 */
@SpeaksLegacy
final class KilledMoverDrillTest {

    private static final int KILLS = Integer.getInteger("drill.kills", 3);
    private static final long SEED = Long.getLong("store.seed", 20_261_126L);
    private static final int PEERS = 3;
    private static final String ALL_MOVE = "migrate 100 %";
    private static final String NOBODY_MOVES = "dual";

    /** Over TCP a peer sees at once that the process is gone, over QUIC after ten seconds. */
    private static final Set<Carrier> ON_TCP = Set.of(Carrier.LEGACY_TCP, Carrier.LIBP2P_TCP);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<DrillNode> peers = new ArrayList<>();
    private String stage = ALL_MOVE;

    @TempDir
    private Path directory;

    @BeforeEach
    void startPeers() throws Exception {
        List<Identity> identities = DrillIdentities.sorted(PEERS + 1);
        DrillIdentities.give(home().resolve("regtest"), identities.getFirst());
        for (int i = 1; i <= PEERS; i++) {
            DrillIdentities.give(directory.resolve("peer" + i), identities.get(i));
            PeerTarget[] before =
                    peers.stream().map(node -> node.target(Carrier.LEGACY_TCP)).toArray(PeerTarget[]::new);
            peers.add(DrillNode.start("peer" + i, directory, DrillNode.at(Stage.DUAL), ON_TCP, before));
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (DrillNode node : peers.reversed()) {
            node.close();
        }
    }

    private Path home() {
        return directory.resolve("killed");
    }

    @Test
    void aKilledNodeComesBackInItsStageAndEndsWhereItWasToEnd() throws Exception {
        System.out.println("KilledMoverDrillTest: seed " + SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            killAmidMoves(kill);
            requireSoundChain("after kill " + kill);
        }
        try (DrillProcess node = start(KILLS)) {
            order(node, ALL_MOVE);
            try (Load load = Load.on(peers)) {
                awaitMoved(node, PEERS);
                load.awaitBlocks(3);
            }
            awaitInTime(
                    node,
                    "the tip",
                    () -> node.output()
                            .contains(peers.getFirst().node().tipDigest().toHex()));
            assertThat(seen(Stack.LIBP2P)).isEqualTo(PEERS);
            assertThat(node.end()).as(node.output()).isZero();
        }
        requireSoundChain("at the end");
    }

    private DrillProcess start(int kill) throws Exception {
        List<String> flags = new ArrayList<>(List.of("--migrate-at-once=1", "--migrate-moves-per-day=10000"));
        if (kill == 0) {
            flags.addAll(List.of("--stage=migrate", "--migrate-share=100"));
        }
        peers.forEach(peer ->
                flags.add("--peer=legacy:" + peer.target(Carrier.LEGACY_TCP).address()));
        Path temp = Files.createDirectories(directory.resolve("tmp"));
        DrillProcess node = DrillProcess.start(home(), temp, flags);
        awaitInTime(node, "its stage", () -> node.firstStage().isPresent());
        assertThat(node.firstStage()).as("kept").contains(stage);
        awaitInTime(node, "its RPC", () -> node.rpcPort().isPresent());
        return node;
    }

    private void killAmidMoves(int kill) throws Exception {
        try (DrillProcess node = start(kill);
                Load load = Load.on(peers)) {
            order(node, ALL_MOVE);
            String when;
            if (kill % 2 == 0) {
                int moved = kill / 2 % PEERS;
                awaitSessions(node);
                awaitMoved(node, moved);
                when = "when " + moved + " were moved";
            } else {
                awaitMoved(node, PEERS);
                order(node, NOBODY_MOVES);
                when = "on the way back";
            }
            long micros = random.nextLong(40_000);
            LockSupport.parkNanos(1000 * micros);
            node.kill();
            System.out.printf(
                    "KilledMoverDrillTest: kill %d %s, %d us later, amid %d blocks%n",
                    kill, when, micros, load.blocks());
        }
        Await.until("all to see that it is gone", () -> seen(Stack.LEGACY) + seen(Stack.LIBP2P) == 0);
    }

    /** How many peers have a session with the node over {@code stack}. */
    private int seen(Stack stack) {
        return (int) peers.stream()
                .flatMap(peer -> peer.node().peers().stream())
                .filter(this::isWithNode)
                .filter(session -> session.connection().stack() == stack)
                .count();
    }

    private boolean isWithNode(ConnectedPeer session) {
        return peers.stream()
                .noneMatch(peer ->
                        peer.instance().equals(session.connection().handshake().instanceId()));
    }

    private void awaitSessions(DrillProcess node) {
        awaitInTime(node, "its sessions", () -> seen(Stack.LEGACY) + seen(Stack.LIBP2P) == PEERS);
    }

    private void awaitMoved(DrillProcess node, int count) {
        awaitInTime(node, count + " moved", () -> seen(Stack.LIBP2P) >= count);
    }

    private static void awaitInTime(DrillProcess node, String what, BooleanSupplier condition) {
        Await.until(
                () -> what + "; the node says:\n" + node.output(), () -> condition.getAsBoolean() || !node.isAlive());
        if (!node.isAlive()) {
            throw new AssertionError("it ended; it said:\n" + node.output());
        }
    }

    /** When this returns the node has stored it. */
    private void order(DrillProcess node, String next) {
        String[] words = next.split(" ", -1);
        List<String> arguments = new ArrayList<>(List.of("stage", words[0]));
        if (words.length > 1) {
            arguments.add("--share=" + words[1]);
        }
        arguments.add("--rpc-port=" + node.rpcPort().orElseThrow());
        requireOk(arguments, node.output());
        stage = next;
    }

    private void requireSoundChain(String when) {
        requireOk(List.of("check"), when);
    }

    private void requireOk(List<String> arguments, String when) {
        StringWriter printed = new StringWriter();
        CommandLine program = ProteusCommandLine.create(
                        Said.host(home()), ProgramLog.to(System.err), (_, _, _) -> ExitCode.FAILED)
                .setOut(new PrintWriter(printed, true))
                .setErr(new PrintWriter(printed, true));
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--network=regtest", "--data-dir=" + home()));
        int code = program.execute(all.toArray(String[]::new));
        assertThat(code).as(arguments + ": " + printed + when).isEqualTo(ExitCode.OK);
    }
}
