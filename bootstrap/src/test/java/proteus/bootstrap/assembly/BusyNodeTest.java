package proteus.bootstrap.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import proteus.adapters.persistence.RocksDbPeerStore;
import proteus.application.chain.ChainState;
import proteus.application.contract.Await;
import proteus.application.contract.InMemoryChain;
import proteus.application.memory.InboundBudget;
import proteus.application.migration.MigrationSettings;
import proteus.application.mining.Mining;
import proteus.application.mining.MiningSettings;
import proteus.application.mining.Proposals;
import proteus.application.node.Node;
import proteus.application.node.Reception;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerTransport;
import proteus.application.port.SourceQuota;
import proteus.application.port.StoreException;
import proteus.application.runtime.PlatformWorkPool;
import proteus.application.runtime.SecureRandomness;
import proteus.application.runtime.SystemTaskScheduler;
import proteus.application.sync.SyncSettings;
import proteus.application.sync.Synchronisation;
import proteus.application.wire.PeerMessageCodec;
import proteus.bootstrap.legacy.LegacyStack;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.Genesis;
import proteus.domain.block.TransferBlock;
import proteus.domain.field.BFieldElements;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionSettings;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerStanding;
import proteus.domain.transaction.Proof;

/** What a node does for one peer while others make it work. */
@SpeaksLegacy
@Timeout(120)
final class BusyNodeTest {

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final int OVERSIZED_BLOCK = new NegativePeerSanction.OversizedBlock().severity();
    private static final long INBOUND_MEMORY = 256L << 20;
    private static final Duration HANDSHAKE_TIMEOUT = ConnectionSettings.DEFAULT.handshakeTimeout();

    @TempDir
    private Path directory;

    /**
     * As many decodes as there are cores, none of which ends before a handshake has gone well: were they on the threads
     * that carry virtual threads, or on an event loop, none ever would.
     */
    @Test
    void bigDecodesOnAllCoresMakeNoHandshakeMissItsTime() throws Exception {
        ConnectionSettings connections = TestNodes.places(2 * CORES + 20);
        CountDownLatch decoding = new CountDownLatch(CORES);
        AtomicBoolean over = new AtomicBoolean();
        try (var scheduler = new SystemTaskScheduler("timer");
                var store = RocksDbPeerStore.open(directory.resolve("peers"));
                var pool = new PlatformWorkPool("work-", CORES, CORES)) {
            var settings = TestNodes.configuration(directory, connections, INBOUND_MEMORY)
                    .node();
            ChainState chain = InMemoryChain.of(new Network.RegTest(), pool, scheduler);
            Synchronisation sync = new Synchronisation(SyncSettings.DEFAULT, chain, scheduler, new SecureRandomness());
            Proposals proposals = Proposals.of(new Network.RegTest(), MiningSettings.DEFAULT, chain);
            Mining mining = new Mining(
                    new Network.RegTest(),
                    MiningSettings.DEFAULT,
                    chain,
                    sync,
                    proposals,
                    scheduler,
                    new SecureRandomness());
            Reception reception =
                    new Reception(settings, chain, sync, proposals, store, scheduler, new SecureRandomness(), pool);
            PeerTransport transport = LegacyStack.transport(
                            connections,
                            new InboundBudget(INBOUND_MEMORY),
                            reception,
                            SourceQuota.unlimited(),
                            scheduler)
                    .orElseThrow();
            try (Node node = new Node(
                    reception,
                    List.of(transport),
                    store,
                    MigrationSettings.WITHOUT_STAGE,
                    store.migration(),
                    mining,
                    scheduler,
                    () -> {})) {
                node.start();
                for (int i = 0; i < CORES; i++) {
                    reception.connected(new SlowConnection(i, decoding, over));
                }
                decoding.await();

                long began = System.nanoTime();
                try (RawDialler good =
                        RawDialler.dial("127.0.0.2", node.ownListenAddress().orElseThrow())) {
                    good.shakeHands(RawDialler.handshake(1));
                    good.send(new PeerMessage.BlockNotificationRequest());

                    assertThat(good.read()).isInstanceOf(PeerMessage.BlockNotificationWithPowWitness.class);
                    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(HANDSHAKE_TIMEOUT);
                } finally {
                    over.set(true);
                }
            }
        }
    }

    /** Blocks of almost the greatest size, one after another from more peers than there are cores. */
    @Test
    void floodsOfBigBlocksKeepNobodyWaitingAndStayWithinTheBudget() throws Exception {
        byte[] block = bigBlock(2_000_000);
        assertThat(block).hasSizeBetween(17 << 20, 20 << 20);
        try (RunningNode running = TestNodes.start(directory, TestNodes.places(20), 64L << 20)) {
            PeerAddress address = running.node().ownListenAddress().orElseThrow();
            List<RawDialler> floods = new ArrayList<>();
            List<Thread> writers = new ArrayList<>();
            try {
                for (int i = 0; i < CORES + 2; i++) {
                    RawDialler flood = RawDialler.dial("127.0.1." + (i + 1), address);
                    floods.add(flood);
                    flood.shakeHands(RawDialler.handshake(100 + i));
                    writers.add(Thread.ofPlatform().start(() -> flood(flood, block)));
                }
                awaitBytes(running, block.length);

                for (int i = 0; i < 5; i++) {
                    long began = System.nanoTime();
                    try (RawDialler good = RawDialler.dial("127.0.0.2", address)) {
                        good.shakeHands(RawDialler.handshake(i + 1));
                        good.send(new PeerMessage.BlockNotificationRequest());
                        assertThat(good.read()).isInstanceOf(PeerMessage.BlockNotificationWithPowWitness.class);
                    }
                    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(HANDSHAKE_TIMEOUT);
                }
                Await.until(
                        () -> "somebody to be punished: " + running.node().peers(),
                        () -> !punished(running).isEmpty());
                assertThat(punished(running))
                        .as("those who flood")
                        .allMatch(standing -> standing.score() % OVERSIZED_BLOCK == 0);
            } finally {
                for (RawDialler flood : floods) {
                    flood.close();
                }
                for (Thread writer : writers) {
                    writer.join();
                }
            }
        }
    }

    private static Collection<PeerStanding> punished(RunningNode running) {
        try {
            return running.node().punishedPeers().values();
        } catch (StoreException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static byte[] bigBlock(int proofElements) {
        Genesis genesis = Genesis.of(new Network.RegTest());
        long[] elements = new long[proofElements];
        Arrays.setAll(elements, i -> 0xFFFF_FFFF_0000_0000L - i);
        var kernel = genesis.block().kernel();
        var old = kernel.header();
        // Genesis itself would cost standing.
        BlockHeader header = new BlockHeader(
                old.version(),
                new BlockHeight(1),
                genesis.digest(),
                old.timestamp(),
                old.pow(),
                old.cumulativeProofOfWork(),
                old.difficulty(),
                old.guesserReceiverData());
        return PeerMessageCodec.encode(new PeerMessage.Block(
                new TransferBlock(header, kernel.body(), kernel.appendix(), new Proof(BFieldElements.of(elements)))));
    }

    private static void flood(RawDialler peer, byte[] payload) {
        try {
            while (true) {
                peer.sendFrame(payload);
            }
        } catch (IOException testIsOver) {
            // The socket was closed under the writer.
        }
    }

    private static void awaitBytes(RunningNode running, long bytes) {
        while (running.node().peers().stream()
                        .map(ConnectedPeer::traffic)
                        .mapToLong(traffic -> traffic.bytesIn())
                        .sum()
                < bytes) {
            if (Thread.interrupted()) {
                throw new AssertionError("waited in vain for " + bytes + " bytes");
            }
            Thread.onSpinWait();
        }
    }
}
