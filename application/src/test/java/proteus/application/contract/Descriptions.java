package proteus.application.contract;

import java.util.List;
import java.util.Optional;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection;
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
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerTime;
import proteus.domain.transaction.Timestamp;

/** Plausible handshakes and descriptions of connections, for tests that do not care which. */
public final class Descriptions {

    private Descriptions() {}

    /** A connection to or from {@code address} with a peer that calls itself {@code instance}. */
    public static PeerConnection.Description of(Direction direction, PeerAddress address, long instance) {
        return new PeerConnection.Description(
                Carrier.LEGACY_TCP,
                direction,
                address,
                PeerId.ofLegacy(address),
                handshake(instance),
                ManualScheduler.START,
                ManualScheduler.START);
    }

    /** An address on loopback. */
    public static PeerAddress loopback(int port) {
        return new PeerAddress(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), port);
    }

    /** What a peer at genesis on regtest says, with a header of zeros. */
    public static HandshakeData handshake(long instance) {
        return handshake(instance, new Network.RegTest());
    }

    /** The same on another network. */
    public static HandshakeData handshake(long instance, Network network) {
        return new HandshakeData(
                header(0),
                Optional.of(9798),
                network,
                new InstanceId(0, instance),
                "0.19.4",
                true,
                false,
                PeerTime.of(ManualScheduler.START),
                "00");
    }

    /** A header of zeros but for its height, which is its cumulative work too. */
    public static BlockHeader header(int height) {
        List<Digest> path = java.util.Collections.nCopies(BlockPow.PATH_LENGTH, Digest.ZERO);
        return new BlockHeader(
                0,
                new BlockHeight(height),
                Digest.ZERO,
                new Timestamp(0),
                new BlockPow(Digest.ZERO, path, path, Digest.ZERO),
                new ProofOfWork(U32Sequence.of(height, 0, 0, 0, 0, 0)),
                new Difficulty(U32Sequence.of(0, 0, 0, 0, 0)),
                new GuesserReceiverData(Digest.ZERO, Digest.ZERO));
    }
}
