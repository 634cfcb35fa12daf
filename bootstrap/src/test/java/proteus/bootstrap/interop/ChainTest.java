package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.port.Carrier;
import proteus.application.port.PeerTarget;
import proteus.bootstrap.interop.ProteusNode.Setup;
import proteus.bootstrap.legacy.SpeaksLegacy;

/** The chain with the real node: fetched from it, given to it, chosen between two of its making, passed on. */
@WithRealNode
@SpeaksLegacy
final class ChainTest {

    /** A sync challenge costs whoever makes it. */
    private static final int CHALLENGED = -30;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final RealPrograms programs = RealPrograms.current();

    @TempDir
    private Path directory;

    private static PeerTarget target(RealNode real, Carrier carrier) {
        return carrier == Carrier.LEGACY_TCP
                ? new PeerTarget(real.address(), PeerTarget.Protocol.LEGACY)
                : GatewayConnectingTest.target(real.endpoint(carrier));
    }

    private static void reaches(String who, Eventually.Question<Long> height, long wanted) throws Exception {
        Eventually.until(who + " is at height " + wanted, PATIENCE, height, at -> at == wanted);
    }

    private static long height(ProteusNode proteus) {
        return proteus.node().tipHeader().height().value();
    }

    private static String seconds(long began) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - began) / 1e9);
    }

    @Test
    void aFreshProteusFetchesThreeHundredBlocksFromTheRealNode(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real = RealChain.start(programs, directory.resolve("real"))) {
            long tip = real.cli().blockHeight();
            List<String> times = new ArrayList<>();
            for (Carrier carrier : Carrier.values()) {
                long began = System.nanoTime();
                try (ProteusNode proteus = ProteusNode.start(
                        directory.resolve(carrier.name()), Setup.OPEN_BOTH.dialling(target(real, carrier)))) {
                    reaches("Proteus", () -> height(proteus), tip);
                    times.add(carrier + " " + seconds(began));
                    assertThat(proteus.node().tipDigest().toHex())
                            .isEqualTo(real.cli().run("tip-digest").text());
                    assertThat(real.cli().peers())
                            .extracting(NeptuneCli.Peer::standing)
                            .containsExactly(CHALLENGED);
                    assertThat(proteus.node().punishedPeers()).isEmpty();
                }
                Eventually.until("the real node has lost Proteus", real.cli()::peers, List::isEmpty);
                real.cli().run("clear-all-standings");
            }
            seen.says(tip + " blocks, from the start of Proteus to the same tip: " + String.join(", ", times)
                    + "; the challenge is all that Proteus is punished for, and the real node is not punished");
        }
    }

    @Test
    void aFreshRealNodeFetchesThreeHundredBlocksFromProteusAlone(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (ProteusNode proteus = withChain()) {
            long tip = height(proteus);
            List<String> times = new ArrayList<>();
            for (Carrier carrier : Carrier.values()) {
                long began = System.nanoTime();
                try (RealNode fresh = RealNode.start(programs, directory.resolve("fresh-" + carrier))) {
                    if (carrier == Carrier.LEGACY_TCP) {
                        // 0.19.4 does not dial over legacy.
                        proteus.node().dial(target(fresh, carrier));
                    } else {
                        fresh.cli().run("dial", proteus.endpoint(carrier).toMultiaddress());
                    }
                    reaches("the real node", fresh.cli()::blockHeight, tip);
                    times.add(carrier + " " + seconds(began));
                    assertThat(fresh.cli().run("tip-digest").text())
                            .isEqualTo(proteus.node().tipDigest().toHex());
                    assertThat(fresh.cli().peers())
                            .extracting(NeptuneCli.Peer::standing)
                            .allMatch(standing -> standing >= -2, "at most the timeout that everybody gets at first");
                    proteus.node().clearAllStandings();
                }
                Eventually.until("Proteus has lost the real node", proteus.node()::peers, List::isEmpty);
            }
            seen.says(tip + " blocks, from the start of the real node to the same tip: " + String.join(", ", times));
        }
    }

    /** A node that has the chain, and no peer. */
    private ProteusNode withChain() throws Exception {
        try (RealNode real = RealChain.start(programs, directory.resolve("source"))) {
            long tip = real.cli().blockHeight();
            ProteusNode proteus = ProteusNode.start(directory.resolve("proteus"), Setup.OPEN_BOTH);
            proteus.node().dial(target(real, Carrier.LIBP2P_TCP));
            reaches("Proteus", () -> height(proteus), tip);
            return proteus;
        }
    }

    @Test
    void blocksOfTheRealNodeReachProteusAsTheyAreMined(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        for (Carrier carrier : Carrier.values()) {
            try (RealNode real = RealNode.start(programs, directory.resolve("real-" + carrier));
                    ProteusNode proteus = ProteusNode.start(
                            directory.resolve(carrier.name()), Setup.OPEN_BOTH.dialling(target(real, carrier)))) {
                proteus.onlyPeer();
                for (int height = 1; height <= 5; height++) {
                    real.cli().run("mine-blocks-to-wallet", "1");
                    reaches("Proteus", () -> height(proteus), height);
                }
                assertThat(proteus.node().tipDigest().toHex())
                        .isEqualTo(real.cli().run("tip-digest").text());
                assertThat(proteus.onlyPeer().standing().score()).isEqualTo(50);
                assertThat(real.cli().peers())
                        .extracting(NeptuneCli.Peer::standing)
                        .containsExactly(0);
            }
        }
        seen.says(
                "legacy, tcp and quic: five blocks one after another; the real node stands at +50 for them, Proteus at 0");
    }

    @Test
    void proteusReorganisesToTheHeavierOfTwoChainsOfRealNodes(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode lighter = RealNode.start(programs, directory.resolve("lighter"));
                RealNode heavier = RealNode.start(programs, directory.resolve("heavier"));
                ProteusNode proteus = ProteusNode.start(directory.resolve("proteus"), Setup.OPEN_BOTH)) {
            GatewayAnnouncementsTest.mine(lighter, 6);
            // One order of many blocks may take longer than the client waits, and is then given up by the node.
            GatewayAnnouncementsTest.mine(heavier, 6);
            GatewayAnnouncementsTest.mine(heavier, 6);
            proteus.node().dial(target(lighter, Carrier.LIBP2P_TCP));
            reaches("Proteus", () -> height(proteus), 6);
            assertThat(proteus.node().tipDigest().toHex())
                    .isEqualTo(lighter.cli().run("tip-digest").text());

            proteus.node().dial(target(heavier, Carrier.LEGACY_TCP));
            reaches("Proteus", () -> height(proteus), 12);
            assertThat(proteus.node().tipDigest().toHex())
                    .isEqualTo(heavier.cli().run("tip-digest").text());
            reaches("the real node with the lighter chain", lighter.cli()::blockHeight, 12);
            assertThat(proteus.node().punishedPeers()).isEmpty();
            assertThat(lighter.cli().punishedPeers()).isEmpty();
            assertThat(heavier.cli().punishedPeers()).isEmpty();
            seen.says(
                    "six blocks of one real node, then twelve of another that share genesis alone: Proteus goes over to "
                            + "them, and so does the first real node, which hears of them from Proteus; nobody is punished");
        }
    }

    @Test
    void proteusPassesBlocksOnBetweenTwoRealNodesThatDoNotSeeEachOther(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode one = RealNode.start(programs, directory.resolve("one"));
                RealNode other = RealNode.start(programs, directory.resolve("other"));
                ProteusNode proteus = ProteusNode.start(directory.resolve("proteus"), Setup.OPEN_BOTH)) {
            proteus.node().dial(target(one, Carrier.LEGACY_TCP));
            proteus.node().dial(target(other, Carrier.LIBP2P_QUIC));
            Eventually.until("Proteus has both", proteus.node()::peers, peers -> peers.size() == 2);
            for (int round = 0; round < 3; round++) {
                GatewayAnnouncementsTest.mine(one, 1);
                reaches("the other real node", other.cli()::blockHeight, 2L * round + 1);
                GatewayAnnouncementsTest.mine(other, 1);
                reaches("the one real node", one.cli()::blockHeight, 2L * round + 2);
            }
            assertThat(one.cli().peers()).hasSize(1);
            assertThat(other.cli().peers()).hasSize(1);
            assertThat(one.cli().punishedPeers()).isEmpty();
            assertThat(other.cli().punishedPeers()).isEmpty();
            seen.says(
                    "one over legacy, one over quic, each with Proteus as its only peer: six blocks by turns, each of them "
                            + "reaches the other; nobody is punished");
        }
    }
}
