package proteus.application.session;

import java.util.List;
import proteus.application.port.StoreException;
import proteus.domain.peer.PeerMessage;

/** Gives each kind of message to the handler of its family. */
final class MessageHandlers {

    private final Conversation conversation;
    private final ConnectionMessages connection;
    private final AnnouncementMessages announcements;
    private final BlockMessages blocks;
    private final BlockRequestMessages blockRequests;
    private final SyncMessages sync;
    private final TransactionMessages transactions;
    private final ProposalMessages proposals;
    private final MutatorSetMessages mutatorSet = new MutatorSetMessages();

    MessageHandlers(Conversation conversation) {
        this.conversation = conversation;
        connection = new ConnectionMessages(conversation);
        ForkReconciliation reconciliation = new ForkReconciliation(conversation);
        sync = new SyncMessages(conversation);
        announcements = new AnnouncementMessages(conversation, reconciliation, sync);
        blocks = new BlockMessages(conversation, reconciliation);
        blockRequests = new BlockRequestMessages(conversation);
        transactions = new TransactionMessages(conversation);
        proposals = new ProposalMessages(conversation);
    }

    ConnectionMessages connection() {
        return connection;
    }

    AnnouncementMessages announcements() {
        return announcements;
    }

    /** What is to be done now and then. */
    List<Reaction> onTick() throws StoreException, InterruptedException {
        return announcements.onTick();
    }

    /** The session is over. */
    void onEnd() {
        conversation.node().requests().forget(conversation.peer().peerId());
    }

    /** What is to be done about a message that no filter dropped. */
    List<Reaction> on(PeerMessage message) throws StoreException, InterruptedException {
        return switch (message) {
            case PeerMessage.Handshake _ -> connection.onHandshake();
            case PeerMessage.ConnectionStatus(var status) -> connection.onConnectionStatus(status);
            case PeerMessage.Bye() -> connection.onBye();
            case PeerMessage.PeerListRequest() -> connection.onPeerListRequest();
            case PeerMessage.PeerListResponse(var peers) -> connection.onPeerListResponse(peers);

            case PeerMessage.BlockNotificationRequest() -> announcements.onBlockNotificationRequest();
            case PeerMessage.BlockNotification(var notification) -> announcements.onBlockNotification(notification);
            case PeerMessage.BlockNotificationWithPowWitness(var header) ->
                announcements.onBlockNotificationWithPowWitness(header);

            case PeerMessage.BlockRequestByHeight(var height) -> blockRequests.onBlockRequestByHeight(height);
            case PeerMessage.BlockRequestByHash(var hash) -> blockRequests.onBlockRequestByHash(hash);
            case PeerMessage.BlockRequestBatch request -> blockRequests.onBlockRequestBatch(request);
            case PeerMessage.ValidatedBlockRequestByHeight(var height, var anchor) ->
                blockRequests.onValidatedBlockRequestByHeight(height, anchor);
            case PeerMessage.TipWithParentAccumulatorRequest() -> blockRequests.onTipWithParentAccumulatorRequest();
            case PeerMessage.TipWithParentAccumulator _ -> blocks.onTipWithParentAccumulator();
            case PeerMessage.Block(var block) -> blocks.onBlock(block);

            case PeerMessage.SyncChallenge _ -> sync.onSyncChallenge();
            case PeerMessage.SyncChallengeResponse _ -> sync.onSyncChallengeResponse();
            case PeerMessage.BlockResponseBatch _ -> sync.onAnswerToASync();
            case PeerMessage.UnableToSatisfyBatchRequest() -> sync.onAnswerToASync();
            case PeerMessage.SyncCoverage _ -> sync.onAnswerToASync();
            case PeerMessage.ValidatedBlock _ -> sync.onAnswerToASync();

            case PeerMessage.Transaction _ -> transactions.onDeclined(message.kind());
            case PeerMessage.TransactionNotification _ -> transactions.onDeclined(message.kind());
            case PeerMessage.LinkTx _ -> transactions.onDeclined(message.kind());
            case PeerMessage.LinkTxNotification _ -> transactions.onDeclined(message.kind());
            case PeerMessage.TransactionRequest _ -> transactions.onRequest();
            case PeerMessage.LinkTxRequest _ -> transactions.onRequest();

            case PeerMessage.BlockProposalNotification notification -> proposals.onNotification(notification);
            case PeerMessage.BlockProposalNotificationRequest() -> proposals.onNotificationRequest();
            case PeerMessage.BlockProposalRequest(var bodyHash) -> proposals.onRequest(bodyHash);
            case PeerMessage.BlockProposal(var block) -> proposals.onProposal(block);

            case PeerMessage.ArchivalMutatorSetRequest _ -> mutatorSet.onRequest();
            case PeerMessage.ArchivalMutatorSet _ -> mutatorSet.onFrame();
        };
    }
}
