package proteus.domain.peer;

import java.util.List;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockWithParentAccumulator;
import proteus.domain.block.TransferBlock;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.TransactionKernelId;
import proteus.domain.transaction.TransactionProofQuality;
import proteus.domain.transaction.TransferLinkTx;
import proteus.domain.transaction.TransferTransaction;

/**
 * What one Neptune peer says to another, on either stack. The wire form is in {@code proteus.application.wire}.
 *
 * <p>Names, order and fields are upstream's; where upstream wraps a message's fields in a struct of the same name, the
 * message here has those fields itself. Lists have any length unless said otherwise. Source: neptune-p2p 0.19.4,
 * {@code peer.rs}.
 */
public sealed interface PeerMessage {

    /** Which of the kinds this is. */
    default PeerMessageKind kind() {
        return PeerMessageKind.of(this);
    }

    /**
     * Opens a legacy TCP connection; sent by both sides, then never again.
     *
     * @param magicValue says which side sends it
     * @param data what the sender says about itself
     */
    record Handshake(MagicValue magicValue, HandshakeData data) implements PeerMessage {}

    /**
     * Answers a request for one block.
     *
     * @param block the block
     */
    record Block(TransferBlock block) implements PeerMessage {}

    /** Asks the peer to announce its tip. */
    record BlockNotificationRequest() implements PeerMessage {}

    /**
     * Announces a tip to a peer up to version 0.19.0.
     *
     * @param notification the tip
     */
    record BlockNotification(PeerBlockNotification notification) implements PeerMessage {}

    /**
     * Asks for the canonical block at a height.
     *
     * @param height that height
     */
    record BlockRequestByHeight(BlockHeight height) implements PeerMessage {}

    /**
     * Asks for a block by its hash, to reconcile forks.
     *
     * @param hash that hash
     */
    record BlockRequestByHash(Digest hash) implements PeerMessage {}

    /**
     * Asks for the blocks that follow one that both sides know.
     *
     * @param knownBlocks blocks that the sender has, most preferred first
     * @param maxResponseLength the most blocks that it wants, unsigned
     * @param anchor what the answer has to be authenticated against
     */
    record BlockRequestBatch(List<Digest> knownBlocks, long maxResponseLength, MmrAccumulator anchor)
            implements PeerMessage {
        public BlockRequestBatch {
            knownBlocks = List.copyOf(knownBlocks);
        }
    }

    /**
     * Answers a {@link BlockRequestBatch}.
     *
     * @param blocks consecutive blocks
     */
    record BlockResponseBatch(List<AuthenticatedBlock> blocks) implements PeerMessage {
        public BlockResponseBatch {
            blocks = List.copyOf(blocks);
        }
    }

    /** Declines a {@link BlockRequestBatch} or {@link ValidatedBlockRequestByHeight}. */
    record UnableToSatisfyBatchRequest() implements PeerMessage {}

    /**
     * Asks a peer that claims a longer chain to show that it has it.
     *
     * @param tipDigest the claimed tip
     * @param challenges exactly {@value #SIZE} heights, which may repeat
     */
    record SyncChallenge(Digest tipDigest, List<BlockHeight> challenges) implements PeerMessage {

        /** Challenges in one message. */
        public static final int SIZE = 10;

        public SyncChallenge {
            challenges = List.copyOf(challenges);
            requireSize(challenges);
        }
    }

    /**
     * Answers a {@link SyncChallenge}. Each list has exactly {@value SyncChallenge#SIZE} elements.
     *
     * @param blocks the challenged blocks, each with its parent
     * @param membershipProofs in the same order, relative to the range with the tip appended
     * @param tipParent the tip's parent
     * @param tip the tip
     * @param powWitnesses the last headers, tip first, then backwards
     */
    record SyncChallengeResponse(
            List<SyncBlockPair> blocks,
            List<MmrMembershipProof> membershipProofs,
            TransferBlock tipParent,
            TransferBlock tip,
            List<BlockHeaderWithBlockHashWitness> powWitnesses)
            implements PeerMessage {
        public SyncChallengeResponse {
            blocks = List.copyOf(blocks);
            membershipProofs = List.copyOf(membershipProofs);
            powWitnesses = List.copyOf(powWitnesses);
            requireSize(blocks);
            requireSize(membershipProofs);
            requireSize(powWitnesses);
        }
    }

    /**
     * Announces a block that only lacks its proof of work.
     *
     * @param bodyMastHash names the proposal
     * @param guesserFee what it leaves to the guesser
     * @param height its height
     */
    record BlockProposalNotification(Digest bodyMastHash, NativeCurrencyAmount guesserFee, BlockHeight height)
            implements PeerMessage {}

    /**
     * Asks for a proposal.
     *
     * @param bodyMastHash names the proposal
     */
    record BlockProposalRequest(Digest bodyMastHash) implements PeerMessage {}

    /**
     * Answers a {@link BlockProposalRequest}; the only message with a block in its other form.
     *
     * @param block the proposal
     */
    record BlockProposal(proteus.domain.block.Block block) implements PeerMessage {}

    /**
     * Answers a {@link TransactionRequest}.
     *
     * @param transaction the transaction
     */
    record Transaction(TransferTransaction transaction) implements PeerMessage {}

    /**
     * Announces a transaction. Counts are plain unsigned 64-bit integers.
     *
     * @param txid names the transaction
     * @param mutatorSetHash the mutator set it is valid against
     * @param proofQuality how far its proof has come
     * @param fee its fee
     * @param numInputs how many inputs
     * @param numOutputs how many outputs
     */
    record TransactionNotification(
            TransactionKernelId txid,
            Digest mutatorSetHash,
            TransactionProofQuality proofQuality,
            NativeCurrencyAmount fee,
            long numInputs,
            long numOutputs)
            implements PeerMessage {}

    /**
     * Asks for a transaction.
     *
     * @param txid names the transaction
     */
    record TransactionRequest(TransactionKernelId txid) implements PeerMessage {}

    /** Asks for peers. */
    record PeerListRequest() implements PeerMessage {}

    /**
     * Answers a {@link PeerListRequest}.
     *
     * @param peers peers of the sender
     */
    record PeerListResponse(List<PeerListEntry> peers) implements PeerMessage {

        /** The most peers that a node tells of; a longer list is valid, and nobody has to use it. */
        public static final int MAX_PEERS = 10;

        public PeerListResponse {
            peers = List.copyOf(peers);
        }
    }

    /** Says that the sender closes now; nothing follows. */
    record Bye() implements PeerMessage {}

    /**
     * Accepts or refuses a connection.
     *
     * @param status which of the two
     */
    record ConnectionStatus(TransferConnectionStatus status) implements PeerMessage {}

    /**
     * Tells another syncing node which blocks the sender has.
     *
     * @param coverage those blocks
     */
    record SyncCoverage(TransferSyncBitMask coverage) implements PeerMessage {}

    /**
     * Asks for the canonical block at a height, authenticated.
     *
     * @param height that height
     * @param anchor what the answer has to be authenticated against
     */
    record ValidatedBlockRequestByHeight(BlockHeight height, MmrAccumulator anchor) implements PeerMessage {}

    /**
     * Answers a {@link ValidatedBlockRequestByHeight}.
     *
     * @param block the block and its proof
     */
    record ValidatedBlock(AuthenticatedBlock block) implements PeerMessage {}

    /**
     * Announces a link transaction. Counts are plain unsigned 64-bit integers.
     *
     * @param txid names the transaction
     * @param mutatorSetHash the mutator set it is valid against
     * @param fee its fee
     * @param numInputs how many inputs
     * @param numOutputs how many outputs
     * @param numThruputs how many thruputs
     */
    record LinkTxNotification(
            TransactionKernelId txid,
            Digest mutatorSetHash,
            NativeCurrencyAmount fee,
            long numInputs,
            long numOutputs,
            long numThruputs)
            implements PeerMessage {}

    /**
     * Asks for a link transaction.
     *
     * @param txid names the transaction
     */
    record LinkTxRequest(TransactionKernelId txid) implements PeerMessage {}

    /**
     * Answers a {@link LinkTxRequest}.
     *
     * @param transaction the link transaction
     */
    record LinkTx(TransferLinkTx transaction) implements PeerMessage {}

    /**
     * Announces a tip to a peer above version 0.19.0.
     *
     * @param header the tip, in a form whose work can be checked
     */
    record BlockNotificationWithPowWitness(BlockHeaderWithBlockHashWitness header) implements PeerMessage {}

    /** Asks for the tip and the mutator set that it builds on. */
    record TipWithParentAccumulatorRequest() implements PeerMessage {}

    /**
     * Answers a {@link TipWithParentAccumulatorRequest}.
     *
     * @param tip the tip and that mutator set
     */
    record TipWithParentAccumulator(BlockWithParentAccumulator tip) implements PeerMessage {}

    /**
     * Asks for a piece of the archival mutator set, showing work done for it.
     *
     * @param blockHash the block after which to take the set
     * @param nonce the work
     * @param offset where the piece begins, in bytes, unsigned
     */
    record ArchivalMutatorSetRequest(Digest blockHash, Digest nonce, long offset) implements PeerMessage {}

    /**
     * Answers an {@link ArchivalMutatorSetRequest}.
     *
     * @param frame the piece
     */
    record ArchivalMutatorSet(ArchivalMutatorSetFrame frame) implements PeerMessage {}

    /** Asks the peer to announce its best proposal; only for peers above version 0.19.3. */
    record BlockProposalNotificationRequest() implements PeerMessage {}

    private static void requireSize(List<?> ofChallenge) {
        if (ofChallenge.size() != SyncChallenge.SIZE) {
            throw new IllegalArgumentException("a sync challenge has 10 of each, not " + ofChallenge.size());
        }
    }
}
