package proteus.bootstrap.interop;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.Genesis;
import proteus.domain.block.ProofOfWork;
import proteus.domain.field.U32Sequence;
import proteus.domain.network.Network;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.PeerTime;

/** What peers of the tests say of themselves: nodes at genesis of regtest, of version 0.19.4, with a right clock. */
final class Handshakes {

    static final Network REGTEST = new Network.RegTest();

    /** Some that go with 0.19.4 and some that do not. */
    static final List<String> VERSIONS = List.of(
            "0.16.0",
            "0.16.99",
            "0.17.0-alpha.1",
            "0.17.0",
            "0.18.0",
            "0.19.4",
            "0.20.0",
            "1.0.0",
            "0.17",
            "v0.19.4",
            "",
            "latest",
            "0.19.4+build",
            "00.19.4");

    /** Not 90 s itself: a second may end between the two ends of a handshake. */
    static final List<Integer> SECONDS_AHEAD = List.of(-3600, -92, -88, 88, 92, 3600);

    /** All but that of the tests. */
    static final List<Network> NETWORKS =
            List.of(new Network.Main(), new Network.Testnet(0), new Network.Testnet(1), new Network.TestnetMock());

    private static final BlockHeader GENESIS = Genesis.of(REGTEST).header();
    private static final AtomicLong NUMBER = new AtomicLong(1);

    private Handshakes() {}

    /** One that differs from all before it in its instance id. */
    static HandshakeData fresh() {
        return new HandshakeData(
                GENESIS,
                Optional.of(9798),
                REGTEST,
                new InstanceId(0x1_0000L, NUMBER.getAndIncrement()),
                "0.19.4",
                true,
                false,
                PeerTime.of(Instant.now()),
                "00");
    }

    static HandshakeData withVersion(HandshakeData data, String version) {
        return changed(data, data.network(), data.instanceId(), version, data.timestamp());
    }

    static HandshakeData withNetwork(HandshakeData data, Network network) {
        return changed(data, network, data.instanceId(), data.version(), data.timestamp());
    }

    static HandshakeData withInstanceId(HandshakeData data, InstanceId instanceId) {
        return changed(data, data.network(), instanceId, data.version(), data.timestamp());
    }

    /** The same, said by somebody whose clock is this much ahead. */
    static HandshakeData withClock(HandshakeData data, Duration ahead) {
        return changed(
                data,
                data.network(),
                data.instanceId(),
                data.version(),
                PeerTime.of(Instant.now().plus(ahead)));
    }

    /** The same, with a tip of the same height that claims far more work. */
    static HandshakeData withMoreWork(HandshakeData data) {
        BlockHeader tip = data.tipHeader();
        BlockHeader claimed = new BlockHeader(
                tip.version(),
                tip.height(),
                tip.prevBlockDigest(),
                tip.timestamp(),
                tip.pow(),
                new ProofOfWork(U32Sequence.of(new int[] {0, 0, 1, 0, 0, 0})),
                tip.difficulty(),
                tip.guesserReceiverData());
        return changed(data, claimed, data.network(), data.instanceId(), data.version(), data.timestamp());
    }

    private static HandshakeData changed(
            HandshakeData data, Network network, InstanceId instanceId, String version, PeerTime timestamp) {
        return changed(data, data.tipHeader(), network, instanceId, version, timestamp);
    }

    private static HandshakeData changed(
            HandshakeData data,
            BlockHeader tip,
            Network network,
            InstanceId instanceId,
            String version,
            PeerTime timestamp) {
        return new HandshakeData(
                tip,
                data.listenPort(),
                network,
                instanceId,
                version,
                data.isArchivalNode(),
                data.isBootstrapperNode(),
                timestamp,
                data.extraData());
    }
}
