package proteus.bootstrap.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import proteus.adapters.rpc.LogLevels;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.StoreException;
import proteus.bootstrap.assembly.RunningNode;
import proteus.bootstrap.assembly.Shutdown;
import proteus.bootstrap.config.DataDirectory;
import proteus.domain.peer.ConnectionSettings;

/**
 * A node of each {@link Role}, on regtest, on free ports of 127.0.0.1.
 *
 * <p>Their data is in a temporary directory, which goes with them. For one thread.
 */
public final class DemoNetwork implements AutoCloseable {

    /** How many nodes elsewhere can be joined. */
    public static final int MOST_JOINED = 6;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Path directory;
    private final Map<Role, RunningNode> nodes = new EnumMap<>(Role.class);
    private final Propagation propagation = new Propagation();
    private final MiningInTurn mining = new MiningInTurn(propagation);
    private final List<PeerTarget> joined;
    private final Shutdown shutdown;

    private DemoNetwork(Path directory, List<PeerTarget> joined, Shutdown shutdown) {
        this.directory = directory;
        this.joined = List.copyOf(joined);
        this.shutdown = shutdown;
    }

    /**
     * Starts the nodes.
     *
     * @param join nodes elsewhere, each of which is dialled by all that have a stack for it; no address twice, at most
     *     {@value #MOST_JOINED}
     * @param shutdown is told when an operator orders any of them to end
     * @throws IOException if a port or the temporary directory cannot be had
     * @throws StoreException if a store cannot be made
     */
    public static DemoNetwork start(List<PeerTarget> join, LogLevels logLevels, Shutdown shutdown)
            throws IOException, StoreException {
        DemoNetwork network = new DemoNetwork(Files.createTempDirectory("proteus-demo-"), join, shutdown);
        boolean complete = false;
        try {
            for (Role role : Role.cast()) {
                network.add(role, logLevels);
            }
            complete = true;
            return network;
        } finally {
            if (!complete) {
                network.close();
            }
        }
    }

    private void add(Role role, LogLevels logLevels) throws IOException, StoreException {
        Stream<PeerTarget> ours = role.dials().stream().map(this::target);
        Stream<PeerTarget> elsewhere = joined.stream().filter(target -> canSpeak(role, target));
        int places = Role.values().length + joined.size() + ConnectionSettings.DEFAULT.maxNumPeers();
        DataDirectory data = new DataDirectory(directory.resolve(role.name()));
        data.create();
        RunningNode running = RunningNode.start(
                DemoConfiguration.of(role, Stream.concat(ours, elsewhere).toList(), places, data), logLevels, shutdown);
        nodes.put(role, running);
        running.node()
                .addTipListener(
                        change -> propagation.adopted(role, change.chain().tip().digest(), System.nanoTime()));
    }

    private PeerTarget target(Role.Dial dial) {
        Carrier carrier = dial.protocol().carriers().getFirst();
        RunningNode whom = Optional.ofNullable(nodes.get(dial.whom())).orElseThrow();
        return whom.node().listening().stream()
                .filter(endpoint -> endpoint.carrier() == carrier)
                .map(PeerEndpoint::address)
                .map(address -> new PeerTarget(address, dial.protocol()))
                .findFirst()
                .orElseThrow();
    }

    private static boolean canSpeak(Role role, PeerTarget target) {
        return target.protocol().carriers().stream().anyMatch(carrier -> role.has(carrier.stack()));
    }

    /** Lets every node ask its peers for their tips: a little traffic to look at. */
    public void askForTips() {
        nodes.values().forEach(running -> running.node().requestTips());
    }

    /** Lets the next node mine a block, if one is not being mined. */
    void mine() {
        mining.next(nodes.entrySet().stream()
                .map(entry -> new MiningInTurn.Miner(entry.getKey(), entry.getValue()))
                .toList());
    }

    /** Ends {@link #mine}, and waits a little until all nodes have the last block. */
    void settle(Duration patience) throws InterruptedException {
        mining.stop();
        long began = System.nanoTime();
        while (!state().haveSameTip() && System.nanoTime() - began < patience.toNanos()) {
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    /** What the nodes say now. */
    DemoState state() {
        return new DemoState(
                nodes.entrySet().stream()
                        .map(entry -> state(entry.getKey(), entry.getValue()))
                        .toList(),
                joined);
    }

    private DemoState.OfNode state(Role role, RunningNode running) {
        return new DemoState.OfNode(
                role,
                running.node().ownInstanceId(),
                running.node().listening(),
                running.rpcPort(),
                running.node().peers(),
                new DemoState.Chain(
                        running.node().tipHeader().height(),
                        running.node().tipDigest(),
                        propagation.minedBy(role),
                        propagation.delay(role)));
    }

    /**
     * Stops all nodes and deletes their data.
     *
     * @throws IOException if the data cannot be deleted
     * @throws StoreException if a store does not close; the others are closed all the same
     */
    @Override
    public void close() throws IOException, StoreException {
        Optional<StoreException> unclosed = Optional.empty();
        for (RunningNode node : new ArrayList<>(nodes.values()).reversed()) {
            try {
                node.close();
            } catch (StoreException failure) {
                unclosed = Optional.of(failure);
            }
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        if (unclosed.isPresent()) {
            throw unclosed.get();
        }
    }
}
