package proteus.bootstrap.interop;

import java.time.Duration;
import java.time.Instant;
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
