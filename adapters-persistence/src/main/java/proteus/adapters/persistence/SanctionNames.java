package proteus.adapters.persistence;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PositivePeerSanction;

/**
 * The names under which sanctions are stored: upstream's, written out so that renaming a type does not change the files.
 *
 * <p>Source: neptune-p2p 0.19.4, {@code peer.rs}.
 */
final class SanctionNames {

    private static final Map<String, NegativePeerSanction> WITHOUT_PARAMETERS = Stream.<NegativePeerSanction>of(
                    new NegativePeerSanction.DifferentGenesis(),
                    new NegativePeerSanction.SynchronizationTimeout(),
                    new NegativePeerSanction.InvalidSyncChallenge(),
                    new NegativePeerSanction.InvalidSyncChallengeResponse(),
                    new NegativePeerSanction.TimedOutSyncChallengeResponse(),
                    new NegativePeerSanction.UnexpectedSyncChallengeResponse(),
                    new NegativePeerSanction.FishyPowEvolutionChallengeResponse(),
                    new NegativePeerSanction.FishyDifficultiesChallengeResponse(),
                    new NegativePeerSanction.FloodPeerListResponse(),
                    new NegativePeerSanction.BlockRequestUnknownHeight(),
                    new NegativePeerSanction.InvalidMessage(),
                    new NegativePeerSanction.NonMinedTransactionHasCoinbase(),
                    new NegativePeerSanction.TooShortBlockBatch(),
                    new NegativePeerSanction.ReceivedBatchBlocksOutsideOfSync(),
                    new NegativePeerSanction.BatchBlocksInvalidStartHeight(),
                    new NegativePeerSanction.BatchBlocksUnknownRequest(),
                    new NegativePeerSanction.BatchBlocksRequestEmpty(),
                    new NegativePeerSanction.BatchBlocksRequestTooManyDigests(),
                    new NegativePeerSanction.InvalidTransaction(),
                    new NegativePeerSanction.UnconfirmableTransaction(),
                    new NegativePeerSanction.TransactionWithNegativeFee(),
                    new NegativePeerSanction.DoubleSpendingTransaction(),
                    new NegativePeerSanction.CannotApplyTransactionToMutatorSet(),
                    new NegativePeerSanction.OversizedAnnouncement(),
                    new NegativePeerSanction.OversizedBlock(),
                    new NegativePeerSanction.InvalidBlockMmrAuthentication(),
                    new NegativePeerSanction.InvalidTransferBlock(),
                    new NegativePeerSanction.BlockProposalNotFound(),
                    new NegativePeerSanction.InvalidBlockProposal(),
                    new NegativePeerSanction.NonFavorableBlockProposal(),
                    new NegativePeerSanction.BlockProposalFromBlockedPeer(),
                    new NegativePeerSanction.RequestForUnknownBlock(),
                    new NegativePeerSanction.RequestForGenesisBlock(),
                    new NegativePeerSanction.UnwantedMessage(),
                    new NegativePeerSanction.NoStandingFoundMaybeCrash(),
                    new NegativePeerSanction.ReceivedSyncChallenge(),
                    new NegativePeerSanction.UnrelayableTransaction(),
                    new NegativePeerSanction.MissingLustrationAnnouncement(),
                    new NegativePeerSanction.LustrationsWouldMakeCounterNegative(),
                    new NegativePeerSanction.InvalidSyncCoverage(),
                    new NegativePeerSanction.StalledRequest(),
                    new NegativePeerSanction.ExcessiveBlockRequests(),
                    new NegativePeerSanction.InvalidArchivalMutatorSet())
            .collect(Collectors.toUnmodifiableMap(SanctionNames::name, Function.identity()));

    private SanctionNames() {}

    /** The punishments that have no parameters, by name. */
    static Map<String, NegativePeerSanction> withoutParameters() {
        return WITHOUT_PARAMETERS;
    }

    static String name(PositivePeerSanction sanction) {
        return switch (sanction) {
            case PositivePeerSanction.ValidBlocks _ -> "ValidBlocks";
            case PositivePeerSanction.NewBlockProposal() -> "NewBlockProposal";
        };
    }

    static String name(NegativePeerSanction sanction) {
        return switch (sanction) {
            case NegativePeerSanction.InvalidBlock _ -> "InvalidBlock";
            case NegativePeerSanction.DifferentGenesis() -> "DifferentGenesis";
            case NegativePeerSanction.ForkResolutionError _ -> "ForkResolutionError";
            case NegativePeerSanction.SynchronizationTimeout() -> "SynchronizationTimeout";
            case NegativePeerSanction.InvalidSyncChallenge() -> "InvalidSyncChallenge";
            case NegativePeerSanction.InvalidSyncChallengeResponse() -> "InvalidSyncChallengeResponse";
            case NegativePeerSanction.TimedOutSyncChallengeResponse() -> "TimedOutSyncChallengeResponse";
            case NegativePeerSanction.UnexpectedSyncChallengeResponse() -> "UnexpectedSyncChallengeResponse";
            case NegativePeerSanction.FishyPowEvolutionChallengeResponse() -> "FishyPowEvolutionChallengeResponse";
            case NegativePeerSanction.FishyDifficultiesChallengeResponse() -> "FishyDifficultiesChallengeResponse";
            case NegativePeerSanction.FloodPeerListResponse() -> "FloodPeerListResponse";
            case NegativePeerSanction.BlockRequestUnknownHeight() -> "BlockRequestUnknownHeight";
            case NegativePeerSanction.InvalidMessage() -> "InvalidMessage";
            case NegativePeerSanction.NonMinedTransactionHasCoinbase() -> "NonMinedTransactionHasCoinbase";
            case NegativePeerSanction.TooShortBlockBatch() -> "TooShortBlockBatch";
            case NegativePeerSanction.ReceivedBatchBlocksOutsideOfSync() -> "ReceivedBatchBlocksOutsideOfSync";
            case NegativePeerSanction.BatchBlocksInvalidStartHeight() -> "BatchBlocksInvalidStartHeight";
            case NegativePeerSanction.BatchBlocksUnknownRequest() -> "BatchBlocksUnknownRequest";
            case NegativePeerSanction.BatchBlocksRequestEmpty() -> "BatchBlocksRequestEmpty";
            case NegativePeerSanction.BatchBlocksRequestTooManyDigests() -> "BatchBlocksRequestTooManyDigests";
            case NegativePeerSanction.InvalidTransaction() -> "InvalidTransaction";
            case NegativePeerSanction.UnconfirmableTransaction() -> "UnconfirmableTransaction";
            case NegativePeerSanction.TransactionWithNegativeFee() -> "TransactionWithNegativeFee";
            case NegativePeerSanction.DoubleSpendingTransaction() -> "DoubleSpendingTransaction";
            case NegativePeerSanction.CannotApplyTransactionToMutatorSet() -> "CannotApplyTransactionToMutatorSet";
            case NegativePeerSanction.OversizedAnnouncement() -> "OversizedAnnouncement";
            case NegativePeerSanction.OversizedBlock() -> "OversizedBlock";
            case NegativePeerSanction.InvalidBlockMmrAuthentication() -> "InvalidBlockMmrAuthentication";
            case NegativePeerSanction.InvalidTransferBlock() -> "InvalidTransferBlock";
            case NegativePeerSanction.BlockProposalNotFound() -> "BlockProposalNotFound";
            case NegativePeerSanction.InvalidBlockProposal() -> "InvalidBlockProposal";
            case NegativePeerSanction.NonFavorableBlockProposal() -> "NonFavorableBlockProposal";
            case NegativePeerSanction.BlockProposalFromBlockedPeer() -> "BlockProposalFromBlockedPeer";
            case NegativePeerSanction.RequestForUnknownBlock() -> "RequestForUnknownBlock";
            case NegativePeerSanction.RequestForGenesisBlock() -> "RequestForGenesisBlock";
            case NegativePeerSanction.UnwantedMessage() -> "UnwantedMessage";
            case NegativePeerSanction.NoStandingFoundMaybeCrash() -> "NoStandingFoundMaybeCrash";
            case NegativePeerSanction.ReceivedSyncChallenge() -> "ReceivedSyncChallenge";
            case NegativePeerSanction.UnrelayableTransaction() -> "UnrelayableTransaction";
            case NegativePeerSanction.MissingLustrationAnnouncement() -> "MissingLustrationAnnouncement";
            case NegativePeerSanction.LustrationsWouldMakeCounterNegative() -> "LustrationsWouldMakeCounterNegative";
            case NegativePeerSanction.InvalidSyncCoverage() -> "InvalidSyncCoverage";
            case NegativePeerSanction.StalledRequest() -> "StalledRequest";
            case NegativePeerSanction.ExcessiveBlockRequests() -> "ExcessiveBlockRequests";
            case NegativePeerSanction.ArchivalMutatorSetRequest _ -> "ArchivalMutatorSetRequest";
            case NegativePeerSanction.InvalidArchivalMutatorSet() -> "InvalidArchivalMutatorSet";
        };
    }
}
