package proteus.application.bridge;

import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.peer.PeerBlockNotification;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.TransactionKernelId;
import proteus.domain.transaction.TransactionProofQuality;

/** What nodes tell each other unasked. */
public sealed interface GossipEnvelope extends Libp2pMessage {

    /**
     * A tip by its hash and work.
     *
     * @param notification the tip
     */
    record OfTip(PeerBlockNotification notification) implements GossipEnvelope {}

    /**
     * A tip by its header, whose work can be checked.
     *
     * @param header the tip
     */
    record OfWitnessedTip(BlockHeaderWithBlockHashWitness header) implements GossipEnvelope {}

    /**
     * A proposal.
     *
     * @param bodyMastHash names it
     * @param guesserFee what it leaves to the guesser
     * @param height its height
     */
    record OfProposal(Digest bodyMastHash, NativeCurrencyAmount guesserFee, BlockHeight height)
            implements GossipEnvelope {}

    /**
     * A transaction. Counts are plain unsigned 64-bit integers.
     *
     * @param txid names it
     * @param mutatorSetHash the mutator set it is valid against
     * @param quality how far its proof has come
     * @param fee its fee
     * @param inputs how many inputs
     * @param outputs how many outputs
     */
    record OfTransaction(
            TransactionKernelId txid,
            Digest mutatorSetHash,
            TransactionProofQuality quality,
            NativeCurrencyAmount fee,
            long inputs,
            long outputs)
            implements GossipEnvelope {}

    /**
     * A link transaction. Counts are plain unsigned 64-bit integers.
     *
     * @param txid names it
     * @param mutatorSetHash the mutator set it is valid against
     * @param fee its fee
     * @param inputs how many inputs
     * @param outputs how many outputs
     * @param thruputs how many thruputs
     */
    record OfLink(
            TransactionKernelId txid,
            Digest mutatorSetHash,
            NativeCurrencyAmount fee,
            long inputs,
            long outputs,
            long thruputs)
            implements GossipEnvelope {}
}
