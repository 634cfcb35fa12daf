package proteus.domain.peer;

import java.util.Collections;
import java.util.Optional;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockPow;
import proteus.domain.block.Difficulty;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.block.ProofOfWork;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.transaction.Timestamp;

/** Handshakes that differ in what the policies look at. */
final class Handshakes {

    private static final BlockHeader TIP = new BlockHeader(
            0,
            BlockHeight.GENESIS,
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

    static HandshakeData of(Network network, long instance, String version, PeerTime time) {
        return new HandshakeData(
                TIP, Optional.of(9798), network, new InstanceId(0, instance), version, true, false, time, "");
    }
}
