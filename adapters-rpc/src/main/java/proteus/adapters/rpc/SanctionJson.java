package proteus.adapters.rpc;

import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PositivePeerSanction;
import tools.jackson.core.JsonGenerator;

/**
 * What sanctions are called.
 *
 * <p>Written out, since the names belong to the wire: a client does not read an answer with a name that it does not
 * know. Source: neptune-p2p 0.19.4, {@code peer.rs}.
 */
final class SanctionJson {

    private SanctionJson() {}

    static void write(JsonGenerator json, PositivePeerSanction sanction) {
        switch (sanction) {
            case PositivePeerSanction.ValidBlocks(int count) ->
                json.writeStartObject()
                        .writeNumberProperty("ValidBlocks", count)
                        .writeEndObject();
            case PositivePeerSanction.NewBlockProposal() -> json.writeString("NewBlockProposal");
        }
    }

    static void write(JsonGenerator json, NegativePeerSanction sanction) {
        switch (sanction) {
            case NegativePeerSanction.InvalidBlock(BlockHeight height, Digest digest) -> {
                json.writeStartObject().writeName("InvalidBlock").writeStartArray();
                json.writeNumber(height.toString());
                json.writeString(digest.toHex());
                json.writeEndArray().writeEndObject();
            }
            case NegativePeerSanction.DifferentGenesis() -> json.writeString("DifferentGenesis");
            case NegativePeerSanction.ForkResolutionError(BlockHeight height, int count, Digest digest) -> {
                json.writeStartObject().writeName("ForkResolutionError").writeStartArray();
                json.writeNumber(height.toString());
                json.writeNumber(count);
                json.writeString(digest.toHex());
                json.writeEndArray().writeEndObject();
            }
            case NegativePeerSanction.SynchronizationTimeout() -> json.writeString("SynchronizationTimeout");
            case NegativePeerSanction.InvalidSyncChallenge() -> json.writeString("InvalidSyncChallenge");
            case NegativePeerSanction.InvalidSyncChallengeResponse() ->
                json.writeString("InvalidSyncChallengeResponse");
            case NegativePeerSanction.TimedOutSyncChallengeResponse() ->
                json.writeString("TimedOutSyncChallengeResponse");
            case NegativePeerSanction.UnexpectedSyncChallengeResponse() ->
                json.writeString("UnexpectedSyncChallengeResponse");
            case NegativePeerSanction.FishyPowEvolutionChallengeResponse() ->
                json.writeString("FishyPowEvolutionChallengeResponse");
            case NegativePeerSanction.FishyDifficultiesChallengeResponse() ->
                json.writeString("FishyDifficultiesChallengeResponse");
            case NegativePeerSanction.FloodPeerListResponse() -> json.writeString("FloodPeerListResponse");
            case NegativePeerSanction.BlockRequestUnknownHeight() -> json.writeString("BlockRequestUnknownHeight");
            case NegativePeerSanction.InvalidMessage() -> json.writeString("InvalidMessage");
            case NegativePeerSanction.NonMinedTransactionHasCoinbase() ->
                json.writeString("NonMinedTransactionHasCoinbase");
            case NegativePeerSanction.TooShortBlockBatch() -> json.writeString("TooShortBlockBatch");
            case NegativePeerSanction.ReceivedBatchBlocksOutsideOfSync() ->
                json.writeString("ReceivedBatchBlocksOutsideOfSync");
            case NegativePeerSanction.BatchBlocksInvalidStartHeight() ->
                json.writeString("BatchBlocksInvalidStartHeight");
            case NegativePeerSanction.BatchBlocksUnknownRequest() -> json.writeString("BatchBlocksUnknownRequest");
            case NegativePeerSanction.BatchBlocksRequestEmpty() -> json.writeString("BatchBlocksRequestEmpty");
            case NegativePeerSanction.BatchBlocksRequestTooManyDigests() ->
                json.writeString("BatchBlocksRequestTooManyDigests");
            case NegativePeerSanction.InvalidTransaction() -> json.writeString("InvalidTransaction");
            case NegativePeerSanction.UnconfirmableTransaction() -> json.writeString("UnconfirmableTransaction");
            case NegativePeerSanction.TransactionWithNegativeFee() -> json.writeString("TransactionWithNegativeFee");
            case NegativePeerSanction.DoubleSpendingTransaction() -> json.writeString("DoubleSpendingTransaction");
            case NegativePeerSanction.CannotApplyTransactionToMutatorSet() ->
                json.writeString("CannotApplyTransactionToMutatorSet");
            case NegativePeerSanction.OversizedAnnouncement() -> json.writeString("OversizedAnnouncement");
            case NegativePeerSanction.OversizedBlock() -> json.writeString("OversizedBlock");
            case NegativePeerSanction.InvalidBlockMmrAuthentication() ->
                json.writeString("InvalidBlockMmrAuthentication");
            case NegativePeerSanction.InvalidTransferBlock() -> json.writeString("InvalidTransferBlock");
            case NegativePeerSanction.BlockProposalNotFound() -> json.writeString("BlockProposalNotFound");
            case NegativePeerSanction.InvalidBlockProposal() -> json.writeString("InvalidBlockProposal");
            case NegativePeerSanction.NonFavorableBlockProposal() -> json.writeString("NonFavorableBlockProposal");
            case NegativePeerSanction.BlockProposalFromBlockedPeer() ->
                json.writeString("BlockProposalFromBlockedPeer");
            case NegativePeerSanction.RequestForUnknownBlock() -> json.writeString("RequestForUnknownBlock");
            case NegativePeerSanction.RequestForGenesisBlock() -> json.writeString("RequestForGenesisBlock");
            case NegativePeerSanction.UnwantedMessage() -> json.writeString("UnwantedMessage");
            case NegativePeerSanction.NoStandingFoundMaybeCrash() -> json.writeString("NoStandingFoundMaybeCrash");
            case NegativePeerSanction.ReceivedSyncChallenge() -> json.writeString("ReceivedSyncChallenge");
            case NegativePeerSanction.UnrelayableTransaction() -> json.writeString("UnrelayableTransaction");
            case NegativePeerSanction.MissingLustrationAnnouncement() ->
                json.writeString("MissingLustrationAnnouncement");
            case NegativePeerSanction.LustrationsWouldMakeCounterNegative() ->
                json.writeString("LustrationsWouldMakeCounterNegative");
            case NegativePeerSanction.InvalidSyncCoverage() -> json.writeString("InvalidSyncCoverage");
            case NegativePeerSanction.StalledRequest() -> json.writeString("StalledRequest");
            case NegativePeerSanction.ExcessiveBlockRequests() -> json.writeString("ExcessiveBlockRequests");
            case NegativePeerSanction.ArchivalMutatorSetRequest(long frames) ->
                json.writeStartObject()
                        .writeName("ArchivalMutatorSetRequest")
                        .writeNumber(frames)
                        .writeEndObject();
            case NegativePeerSanction.InvalidArchivalMutatorSet() -> json.writeString("InvalidArchivalMutatorSet");
        }
    }
}
