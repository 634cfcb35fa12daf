package proteus.bootstrap.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import proteus.adapters.rpc.LogLevels;
import proteus.application.node.Node;
import proteus.application.port.Carrier;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationControl;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.Rollout;
import proteus.application.port.RolloutRefusedException;
import proteus.application.port.Stage;
import proteus.application.port.StoreException;
import proteus.bootstrap.assembly.RunningNode;
import proteus.bootstrap.assembly.Shutdown;
import proteus.bootstrap.config.DataDirectory;
import proteus.bootstrap.legacy.LegacyStack;
import proteus.domain.peer.ConnectionSettings;
import proteus.domain.peer.InstanceId;

/**
 * A node of each {@link Role}, on regtest, on free ports of 127.0.0.1; all in the stage {@link Stage#DUAL} at first.
 *
 * <p>Their data is in a temporary directory, which goes with them. For one thread.
 */
public final class DemoNetwork implements AutoCloseable {

    /** How many nodes elsewhere can be joined. */
    public static final int MOST_JOINED = 6;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private static final int WHOLE_JOURNAL = 1000;

    private final Path directory;
    private final Map<Role, Path> identities;
    private final Optional<BadLink> badLink;
    private final Map<PeerTarget, Set<InstanceId>> met = new HashMap<>();
    private final Map<Role, RunningNode> nodes = new EnumMap<>(Role.class);
    private final Propagation propagation = new Propagation();
    private final MiningInTurn mining = new MiningInTurn(propagation);
    private final List<PeerTarget> joined;
    private final Shutdown shutdown;
    private String dashboard = "";

    private DemoNetwork(Path directory, List<PeerTarget> joined, Shutdown shutdown) throws IOException {
        this.directory = directory;
        identities = Identities.write(directory);
        badLink = LegacyStack.isBuilt() && BadLink.isPossible() ? Optional.of(new BadLink()) : Optional.empty();
        this.joined = List.copyOf(joined);
        this.shutdown = shutdown;
    }

    /** How the folder of a demo of this process is called in the one for temporary files; more follows. */
    public static String folderPrefix() {
        return "proteus-demo-" + ProcessHandle.current().pid() + "-";
    }

    /**
     * Starts the nodes.
     *
     * @param join nodes elsewhere, each of which is dialled by all; no address twice, at most
     *     {@value #MOST_JOINED}
     * @param shutdown is told when an operator orders any of them to end
     * @throws IOException if a port or the temporary directory cannot be had
     * @throws StoreException if a store cannot be made
     */
    public static DemoNetwork start(List<PeerTarget> join, LogLevels logLevels, Shutdown shutdown)
            throws IOException, StoreException {
        DemoNetwork network = new DemoNetwork(Files.createTempDirectory(folderPrefix()), join, shutdown);
        boolean complete = false;
        try {
            for (Role role : Role.values()) {
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
        Stream<PeerTarget> ours = role.dials().stream().map(dial -> target(role, dial));
        int places = Role.values().length + joined.size() + ConnectionSettings.DEFAULT.maxNumPeers();
        DataDirectory data = new DataDirectory(directory.resolve(role.name()));
        data.create();
        List<PeerTarget> peers = Stream.concat(ours, joined.stream()).toList();
        Path identity = Optional.ofNullable(identities.get(role)).orElseThrow();
        RunningNode running =
                RunningNode.start(DemoConfiguration.of(role, peers, places, data, identity), logLevels, shutdown);
        nodes.put(role, running);
        if (badLink.isPresent() && (role == BadLink.ONE || role == BadLink.OTHER)) {
            badLink.get().reaches(role, running.node().listening());
        }
        running.node()
                .addTipListener(
                        change -> propagation.adopted(role, change.chain().tip().digest(), System.nanoTime()));
    }

    private PeerTarget target(Role dialler, Role.Dial dial) {
        Carrier carrier = dial.protocol().carriers().getFirst();
        RunningNode whom = Optional.ofNullable(nodes.get(dial.whom())).orElseThrow();
        return whom.node().listening().stream()
                .filter(endpoint -> endpoint.carrier() == carrier)
                .map(PeerEndpoint::address)
                .map(address -> new PeerTarget(address, dial.protocol()))
                .map(target -> badLink.isPresent() && BadLink.isBetween(dialler, dial.whom())
                        ? BadLink.through(target)
                        : target)
                .findFirst()
                .orElseThrow();
    }

    /** Where to watch one of the nodes in a browser, for whoever opens it first; another once somebody did, or it is too old. */
    String dashboard() {
        dashboard = Optional.ofNullable(nodes.get(Role.WATCHED))
                .flatMap(node -> node.dashboardLink(dashboard))
                .orElseThrow();
        return dashboard;
    }

    /** Whether there is a link that can be made bad: this host must have further IPs of loopback. */
    boolean hasBadLink() {
        return badLink.isPresent();
    }

    /** Makes that link bad: no libp2p gets through any more, and what goes on over it ends. */
    void cutLink() {
        badLink.ifPresent(BadLink::cut);
    }

    /** Orders this of all nodes. */
    void migrate(Rollout rollout) throws RolloutRefusedException, StoreException {
        for (RunningNode running : nodes.values()) {
            running.node().migration().set(rollout, "the demo");
        }
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
    void settle(Duration patience) throws InterruptedException, StoreException {
        mining.stop();
        long began = System.nanoTime();
        while (!state().haveSameTip() && System.nanoTime() - began < patience.toNanos()) {
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    /** What the nodes say now. */
    DemoState state() throws StoreException {
        List<DemoState.OfNode> all = new ArrayList<>();
        for (Map.Entry<Role, RunningNode> entry : nodes.entrySet()) {
            all.add(state(entry.getKey(), entry.getValue()));
        }
        for (PeerTarget target : joined) {
            Set<InstanceId> known = met.computeIfAbsent(target, _ -> new HashSet<>());
            all.forEach(node -> known.addAll(DemoState.at(target, node.peers())));
        }
        return new DemoState(all, joined, met);
    }

    private DemoState.OfNode state(Role role, RunningNode running) throws StoreException {
        Node node = running.node();
        MigrationControl.Status status = node.migration().status();
        List<JournalEntry.Moved> moves = node.migration().journal(Optional.empty(), WHOLE_JOURNAL).stream()
                .flatMap(entry -> entry instanceof JournalEntry.Moved moved ? Stream.of(moved) : Stream.empty())
                .toList();
        return new DemoState.OfNode(
                role,
                node.ownInstanceId(),
                node.listening(),
                running.rpcPort(),
                node.peers(),
                new DemoState.Chain(
                        node.tipHeader().height(),
                        node.tipDigest(),
                        propagation.minedBy(role),
                        propagation.delay(role)),
                new DemoState.Migration(status.moving(), status.peers(), moves));
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
        badLink.ifPresent(BadLink::close);
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
