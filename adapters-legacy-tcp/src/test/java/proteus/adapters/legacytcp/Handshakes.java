package proteus.adapters.legacytcp;

import java.util.Collections;
import java.util.Optional;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockPow;
import proteus.domain.block.Difficulty;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.block.ProofOfWork;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.MagicValue;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerTime;
import proteus.domain.transaction.Timestamp;

/** Handshakes for tests. */
final class Handshakes {

    private static final BlockHeader HEADER = new BlockHeader(
            0,
            new BlockHeight(0),
            Digest.ZERO,
            new Timestamp(0),
            new BlockPow(
                    Digest.ZERO,
                    Collections.nCopies(BlockPow.PATH_LENGTH, Digest.ZERO),
                    Collections.nCopies(BlockPow.PATH_LENGTH, Digest.ZERO),
                    Digest.ZERO),
            new ProofOfWork(U32Sequence.of(new int[ProofOfWork.LIMBS])),
            new Difficulty(U32Sequence.of(new int[Difficulty.LIMBS])),
            new GuesserReceiverData(Digest.ZERO, Digest.ZERO));

    private Handshakes() {}

    /** What the node with this number says of itself, on regtest. */
    static HandshakeData of(int node) {
        return of(node, new Network.RegTest());
    }

    /** What the node with this number says of itself. */
    static HandshakeData of(int node, Network network) {
        return new HandshakeData(
                HEADER,
                Optional.of(9798),
                network,
                new InstanceId(0, node),
                "0.19.4",
                true,
                false,
                new PeerTime(1_790_000_000, 0),
                "00");
    }

    /** The payload of a dialler's first frame. */
    static byte[] request(HandshakeData data) {
        return PeerMessageCodec.encode(new PeerMessage.Handshake(MagicValue.REQUEST, data));
    }

    /** The payload of a listener's first frame. */
    static byte[] response(HandshakeData data) {
        return PeerMessageCodec.encode(new PeerMessage.Handshake(MagicValue.RESPONSE, data));
    }
}
