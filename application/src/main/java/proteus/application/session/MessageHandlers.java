package proteus.application.session;

import java.util.List;
import java.util.Optional;
import proteus.application.port.StoreException;
import proteus.application.sync.SyncPeer;
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

    private final SyncPeer peer;

    MessageHandlers(Conversation conversation, SyncPeer peer) {
        this.conversation = conversation;
        this.peer = peer;
        connection = new ConnectionMessages(conversation);
        ForkReconciliation reconciliation = new ForkReconciliation(conversation);
        sync = new SyncMessages(conversation, reconciliation, peer);
        announcements = new AnnouncementMessages(conversation, reconciliation, sync);
        blocks = new BlockMessages(conversation, reconciliation, sync);
        blockRequests = new BlockRequestMessages(conversation);
        transactions = new TransactionMessages(conversation);
        proposals = new ProposalMessages(conversation);
    }

    /** What this node says first; from now on the sync counts on the peer. */
    List<Reaction> onStart() {
        conversation.node().sync().joined(peer);
        return connection.onStart();
    }

    AnnouncementMessages announcements() {
        return announcements;
    }

    /** What is to be done now and then. */
    List<Reaction> onTick() throws StoreException, InterruptedException {
        sync.onTick();
        return announcements.onTick();
    }

    /** What goes on with the peer that must not be cut in two; empty if nothing does. A batch is served in one go. */
    Optional<String> business() {
        return sync.business();
    }

    /** The session is over. */
    void onEnd() {
        sync.onEnd();
        conversation.node().sync().left(peer);
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

            case PeerMessage.SyncChallenge challenge -> sync.onSyncChallenge(challenge);
            case PeerMessage.SyncChallengeResponse response -> sync.onSyncChallengeResponse(response);
            case PeerMessage.BlockResponseBatch(var batch) -> sync.onBlockResponseBatch(batch);
            case PeerMessage.UnableToSatisfyBatchRequest() -> sync.onUnableToSatisfyBatchRequest();
            case PeerMessage.SyncCoverage(var coverage) -> sync.onSyncCoverage(coverage);
            case PeerMessage.ValidatedBlock(var block) -> sync.onValidatedBlock(block);

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
