package proteus.domain.peer;

import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;

/**
 * What lowers a peer's standing.
 *
 * <p>Names, parameters and severities are upstream's. Source: neptune-p2p 0.19.4, {@code peer.rs}.
 */
public sealed interface NegativePeerSanction extends PeerSanction {
    /**
     * A block, an announcement's witness or a block of the sync has no valid proof of work, or breaks a rule.
     *
     * @param height the height that the block states
     * @param digest the block's hash
     */
    record InvalidBlock(BlockHeight height, Digest digest) implements NegativePeerSanction {}

    /** Walking back from the peer's block reached height 1 without meeting this node's genesis. */
    record DifferentGenesis() implements NegativePeerSanction {}

    /**
     * Walking back from the peer's block was given up.
     *
     * @param height where it was given up
     * @param count blocks collected by then, not negative
     * @param digest the hash of the block there
     */
    record ForkResolutionError(BlockHeight height, int count, Digest digest) implements NegativePeerSanction {
        public ForkResolutionError {
            if (count < 0) {
                throw new IllegalArgumentException("negative number of blocks: " + count);
            }
        }
    }

    /** The peer sent nothing for the sync for 10 s. */
    record SynchronizationTimeout() implements NegativePeerSanction {}

    /** The peer's sync challenge cannot be answered. */
    record InvalidSyncChallenge() implements NegativePeerSanction {}

    /** The answer to a sync challenge does not match it or does not verify. */
    record InvalidSyncChallengeResponse() implements NegativePeerSanction {}

    /** The answer to a sync challenge is right but came too late. */
    record TimedOutSyncChallengeResponse() implements NegativePeerSanction {}

    /** The peer answered a sync challenge that nobody made. */
    record UnexpectedSyncChallengeResponse() implements NegativePeerSanction {}

    /** The work shown in the answer to a sync challenge grows implausibly. */
    record FishyPowEvolutionChallengeResponse() implements NegativePeerSanction {}

    /** The blocks in the answer to a sync challenge are too easy. */
    record FishyDifficultiesChallengeResponse() implements NegativePeerSanction {}

    /** The peer's list of peers is too long. Not given by 0.19.4, which ignores those lists. */
    record FloodPeerListResponse() implements NegativePeerSanction {}

    /** The peer asked for a block above this node's tip. */
    record BlockRequestUnknownHeight() implements NegativePeerSanction {}

    /** The peer sent what cannot be decoded, or a message out of place. */
    record InvalidMessage() implements NegativePeerSanction {}

    /** The peer sent a transaction that mints coins without being in a block. */
    record NonMinedTransactionHasCoinbase() implements NegativePeerSanction {}

    /** The peer sent an empty batch of blocks. */
    record TooShortBlockBatch() implements NegativePeerSanction {}

    /** Blocks for the sync came when it was over. */
    record ReceivedBatchBlocksOutsideOfSync() implements NegativePeerSanction {}

    /** The parent of a batch's first block is not known. */
    record BatchBlocksInvalidStartHeight() implements NegativePeerSanction {}

    /** The peer asked for a batch that does not fit this node's chain. */
    record BatchBlocksUnknownRequest() implements NegativePeerSanction {}

    /** The peer asked for a batch without naming a block that it knows. */
    record BatchBlocksRequestEmpty() implements NegativePeerSanction {}

    /** The peer asked for a batch and named too many blocks that it knows. */
    record BatchBlocksRequestTooManyDigests() implements NegativePeerSanction {}

    /** The peer sent an invalid transaction. */
    record InvalidTransaction() implements NegativePeerSanction {}

    /** A removal record of the peer's transaction is invalid. */
    record UnconfirmableTransaction() implements NegativePeerSanction {}

    /** The peer sent a transaction with a negative fee. */
    record TransactionWithNegativeFee() implements NegativePeerSanction {}

    /** The peer sent a transaction that spends what is spent. */
    record DoubleSpendingTransaction() implements NegativePeerSanction {}

    /** The peer's transaction cannot be applied to the mutator set. */
    record CannotApplyTransactionToMutatorSet() implements NegativePeerSanction {}

    /** An announcement in the peer's transaction is too long. */
    record OversizedAnnouncement() implements NegativePeerSanction {}

    /** The peer sent a frame longer than its kind allows, or a block that is too large. */
    record OversizedBlock() implements NegativePeerSanction {}

    /** The path that came with a block does not lead to the sync anchor. */
    record InvalidBlockMmrAuthentication() implements NegativePeerSanction {}

    /** The peer sent a genesis block. */
    record InvalidTransferBlock() implements NegativePeerSanction {}

    /** The peer asked for a block proposal that is not held. */
    record BlockProposalNotFound() implements NegativePeerSanction {}

    /** The peer sent an invalid block proposal. */
    record InvalidBlockProposal() implements NegativePeerSanction {}

    /** The peer sent a block proposal that is no better than what is held. */
    record NonFavorableBlockProposal() implements NegativePeerSanction {}

    /** The peer sent a block proposal although none are taken from it. */
    record BlockProposalFromBlockedPeer() implements NegativePeerSanction {}

    /** The peer asked, by hash, for a block that is not known. */
    record RequestForUnknownBlock() implements NegativePeerSanction {}

    /** The peer asked for the genesis block, which everybody has. */
    record RequestForGenesisBlock() implements NegativePeerSanction {}

    /** The peer sent what it should know this node does not want. */
    record UnwantedMessage() implements NegativePeerSanction {}

    /** The peer's session ended and its standing was lost. */
    record NoStandingFoundMaybeCrash() implements NegativePeerSanction {}

    /** The peer made a sync challenge. Each one costs this, because answering is dear. */
    record ReceivedSyncChallenge() implements NegativePeerSanction {}

    /** The peer sent a transaction that nobody relays. */
    record UnrelayableTransaction() implements NegativePeerSanction {}

    /** The peer's transaction lacks a lustration announcement. */
    record MissingLustrationAnnouncement() implements NegativePeerSanction {}

    /** The peer's transaction lustrates more than is left. */
    record LustrationsWouldMakeCounterNegative() implements NegativePeerSanction {}

    /** The peer's sync coverage is malformed. */
    record InvalidSyncCoverage() implements NegativePeerSanction {}

    /** The peer announced something and did not deliver it in time when asked. */
    record StalledRequest() implements NegativePeerSanction {}

    /** The peer asked for more blocks than the serving budget allows. */
    record ExcessiveBlockRequests() implements NegativePeerSanction {}

    /**
     * The peer downloads the archival mutator set; given once for each frame served, about 500 in all.
     *
     * @param frames frames in the whole set, not negative; 0 counts as 1
     */
    record ArchivalMutatorSetRequest(long frames) implements NegativePeerSanction {
        public ArchivalMutatorSetRequest {
            if (frames < 0) {
                throw new IllegalArgumentException("negative number of frames: " + frames);
            }
        }
    }

    /** The peer served an archival mutator set that is wrong. */
    record InvalidArchivalMutatorSet() implements NegativePeerSanction {}

    /** {@inheritDoc} Never positive; 0 only for a walk given up before the first block. */
    @Override
    default int severity() {
        return switch (this) {
            case InvalidBlock _ -> -10;
            case DifferentGenesis() -> Integer.MIN_VALUE;
            case ForkResolutionError walk -> -walk.count();
            case SynchronizationTimeout() -> -2;
            case InvalidSyncChallenge() -> -50;
            case InvalidSyncChallengeResponse() -> -300;
            case TimedOutSyncChallengeResponse() -> -10;
            case UnexpectedSyncChallengeResponse() -> -1;
            case FishyPowEvolutionChallengeResponse() -> -21;
            case FishyDifficultiesChallengeResponse() -> -21;
            case FloodPeerListResponse() -> -2;
            case BlockRequestUnknownHeight() -> -1;
            case InvalidMessage() -> -1;
            case NonMinedTransactionHasCoinbase() -> -10;
            case TooShortBlockBatch() -> -2;
            case ReceivedBatchBlocksOutsideOfSync() -> -2;
            case BatchBlocksInvalidStartHeight() -> -2;
            case BatchBlocksUnknownRequest() -> -10;
            case BatchBlocksRequestEmpty() -> -10;
            case BatchBlocksRequestTooManyDigests() -> -50;
            case InvalidTransaction() -> -10;
            case UnconfirmableTransaction() -> -2;
            case TransactionWithNegativeFee() -> -22;
            case DoubleSpendingTransaction() -> -7;
            case CannotApplyTransactionToMutatorSet() -> -3;
            case OversizedAnnouncement() -> -10;
            case OversizedBlock() -> -200;
            case InvalidBlockMmrAuthentication() -> -4;
            case InvalidTransferBlock() -> -50;
            case BlockProposalNotFound() -> -1;
            case InvalidBlockProposal() -> -50;
            case NonFavorableBlockProposal() -> -2;
            case BlockProposalFromBlockedPeer() -> -10;
            case RequestForUnknownBlock() -> -5;
            case RequestForGenesisBlock() -> -100;
            case UnwantedMessage() -> -1;
            case NoStandingFoundMaybeCrash() -> -20;
            case ReceivedSyncChallenge() -> -30;
            case UnrelayableTransaction() -> -10;
            case MissingLustrationAnnouncement() -> -1;
            case LustrationsWouldMakeCounterNegative() -> -1;
            case InvalidSyncCoverage() -> -100;
            case StalledRequest() -> -1;
            case ExcessiveBlockRequests() -> -1;
            case ArchivalMutatorSetRequest(long frames) -> -perFrame(frames);
            case InvalidArchivalMutatorSet() -> -1000;
        };
    }

    /** The part of 500 that falls to each of {@code frames} frames, rounded up. */
    private static int perFrame(long frames) {
        return (int) Math.ceilDiv(500L, Math.max(frames, 1));
    }
}
