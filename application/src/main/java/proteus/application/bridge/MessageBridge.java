package proteus.application.bridge;

import proteus.domain.peer.PeerMessage;

/**
 * Translates between what the node says to any peer and what goes over this node's own protocols, without loss: either way
 * and back gives what was there. Safe for use by many threads.
 */
public final class MessageBridge {

    private MessageBridge() {}

    /** The same in the words of the node's own protocols. */
    public static Libp2pMessage toLibp2p(PeerMessage message) {
        return switch (message) {
            case PeerMessage.Handshake(var magic, var data) -> new HandshakeExchange.Hello(magic, data);
            case PeerMessage.ConnectionStatus(var status) -> new HandshakeExchange.Status(status);
            case PeerMessage.Bye() -> new HandshakeExchange.Bye();
            case PeerMessage.BlockNotificationRequest() -> new BlockExchange.AnnounceTip();
            case PeerMessage.BlockProposalNotificationRequest() -> new BlockExchange.AnnounceProposal();
            case PeerMessage.BlockRequestByHeight(var height) -> new BlockExchange.AtHeight(height);
            case PeerMessage.BlockRequestByHash(var hash) -> new BlockExchange.WithHash(hash);
            case PeerMessage.TipWithParentAccumulatorRequest() -> new BlockExchange.TipWithParentSet();
            case PeerMessage.BlockProposalRequest(var hash) -> new BlockExchange.ProposalWith(hash);
            case PeerMessage.Block(var block) -> new BlockExchange.Found(block);
            case PeerMessage.BlockProposal(var block) -> new BlockExchange.Proposed(block);
            case PeerMessage.TipWithParentAccumulator(var tip) -> new BlockExchange.Tip(tip);
            case PeerMessage.PeerListRequest() -> new PeerExchange.Request();
            case PeerMessage.PeerListResponse(var peers) -> new PeerExchange.Response(peers);
            case PeerMessage.TransactionRequest(var txid) -> new TransactionExchange.Request(txid);
            case PeerMessage.LinkTxRequest(var txid) -> new TransactionExchange.LinkRequest(txid);
            case PeerMessage.Transaction(var transaction) -> new TransactionExchange.Found(transaction);
            case PeerMessage.LinkTx(var transaction) -> new TransactionExchange.FoundLink(transaction);
            case PeerMessage.BlockNotification(var notification) -> new GossipEnvelope.OfTip(notification);
            case PeerMessage.BlockNotificationWithPowWitness(var header) -> new GossipEnvelope.OfWitnessedTip(header);
            case PeerMessage.BlockProposalNotification(var hash, var fee, var height) ->
                new GossipEnvelope.OfProposal(hash, fee, height);
            case PeerMessage.TransactionNotification(
                    var txid,
                    var set,
                    var quality,
                    var fee,
                    var inputs,
                    var outputs) -> new GossipEnvelope.OfTransaction(txid, set, quality, fee, inputs, outputs);
            case PeerMessage.LinkTxNotification(var txid, var set, var fee, var inputs, var outputs, var thruputs) ->
                new GossipEnvelope.OfLink(txid, set, fee, inputs, outputs, thruputs);
            case PeerMessage.BlockRequestBatch(var known, var most, var anchor) ->
                new SyncFrame.BatchRequest(known, most, anchor);
            case PeerMessage.BlockResponseBatch(var blocks) -> new SyncFrame.Batch(blocks);
            case PeerMessage.UnableToSatisfyBatchRequest() -> new SyncFrame.Declined();
            case PeerMessage.SyncChallenge(var tip, var heights) -> new SyncFrame.Challenge(tip, heights);
            case PeerMessage.SyncChallengeResponse(var blocks, var proofs, var tipParent, var tip, var headers) ->
                new SyncFrame.ChallengeAnswer(blocks, proofs, tipParent, tip, headers);
            case PeerMessage.SyncCoverage(var coverage) -> new SyncFrame.Coverage(coverage);
            case PeerMessage.ValidatedBlockRequestByHeight(var height, var anchor) ->
                new SyncFrame.ValidatedRequest(height, anchor);
            case PeerMessage.ValidatedBlock(var block) -> new SyncFrame.Validated(block);
            case PeerMessage.ArchivalMutatorSetRequest(var block, var nonce, var offset) ->
                new SyncFrame.SetRequest(block, nonce, offset);
            case PeerMessage.ArchivalMutatorSet(var piece) -> new SyncFrame.SetPiece(piece);
        };
    }

    /**
     * The same in the words that all of the node knows.
     *
     * @throws IllegalArgumentException if a challenge, or an answer to one, has other than ten of each
     */
    public static PeerMessage toPeer(Libp2pMessage message) {
        return switch (message) {
            case HandshakeExchange exchange -> toPeer(exchange);
            case BlockExchange exchange -> toPeer(exchange);
            case PeerExchange exchange -> toPeer(exchange);
            case TransactionExchange exchange -> toPeer(exchange);
            case GossipEnvelope envelope -> toPeer(envelope);
            case SyncFrame frame -> toPeer(frame);
        };
    }

    private static PeerMessage toPeer(HandshakeExchange exchange) {
        return switch (exchange) {
            case HandshakeExchange.Hello(var magic, var data) -> new PeerMessage.Handshake(magic, data);
            case HandshakeExchange.Status(var status) -> new PeerMessage.ConnectionStatus(status);
            case HandshakeExchange.Bye() -> new PeerMessage.Bye();
        };
    }

    private static PeerMessage toPeer(BlockExchange exchange) {
        return switch (exchange) {
            case BlockExchange.AnnounceTip() -> new PeerMessage.BlockNotificationRequest();
            case BlockExchange.AnnounceProposal() -> new PeerMessage.BlockProposalNotificationRequest();
            case BlockExchange.AtHeight(var height) -> new PeerMessage.BlockRequestByHeight(height);
            case BlockExchange.WithHash(var hash) -> new PeerMessage.BlockRequestByHash(hash);
            case BlockExchange.TipWithParentSet() -> new PeerMessage.TipWithParentAccumulatorRequest();
            case BlockExchange.ProposalWith(var hash) -> new PeerMessage.BlockProposalRequest(hash);
            case BlockExchange.Found(var block) -> new PeerMessage.Block(block);
            case BlockExchange.Proposed(var block) -> new PeerMessage.BlockProposal(block);
            case BlockExchange.Tip(var tip) -> new PeerMessage.TipWithParentAccumulator(tip);
        };
    }

    private static PeerMessage toPeer(PeerExchange exchange) {
        return switch (exchange) {
            case PeerExchange.Request() -> new PeerMessage.PeerListRequest();
            case PeerExchange.Response(var peers) -> new PeerMessage.PeerListResponse(peers);
        };
    }

    private static PeerMessage toPeer(TransactionExchange exchange) {
        return switch (exchange) {
            case TransactionExchange.Request(var txid) -> new PeerMessage.TransactionRequest(txid);
            case TransactionExchange.LinkRequest(var txid) -> new PeerMessage.LinkTxRequest(txid);
            case TransactionExchange.Found(var transaction) -> new PeerMessage.Transaction(transaction);
            case TransactionExchange.FoundLink(var transaction) -> new PeerMessage.LinkTx(transaction);
        };
    }

    private static PeerMessage toPeer(GossipEnvelope envelope) {
        return switch (envelope) {
            case GossipEnvelope.OfTip(var notification) -> new PeerMessage.BlockNotification(notification);
            case GossipEnvelope.OfWitnessedTip(var header) -> new PeerMessage.BlockNotificationWithPowWitness(header);
            case GossipEnvelope.OfProposal(var hash, var fee, var height) ->
                new PeerMessage.BlockProposalNotification(hash, fee, height);
            case GossipEnvelope.OfTransaction(var txid, var set, var quality, var fee, var inputs, var outputs) ->
                new PeerMessage.TransactionNotification(txid, set, quality, fee, inputs, outputs);
            case GossipEnvelope.OfLink(var txid, var set, var fee, var inputs, var outputs, var thruputs) ->
                new PeerMessage.LinkTxNotification(txid, set, fee, inputs, outputs, thruputs);
        };
    }

    private static PeerMessage toPeer(SyncFrame frame) {
        return switch (frame) {
            case SyncFrame.BatchRequest(var known, var most, var anchor) ->
                new PeerMessage.BlockRequestBatch(known, most, anchor);
            case SyncFrame.Batch(var blocks) -> new PeerMessage.BlockResponseBatch(blocks);
            case SyncFrame.Declined() -> new PeerMessage.UnableToSatisfyBatchRequest();
            case SyncFrame.Challenge(var tip, var heights) -> new PeerMessage.SyncChallenge(tip, heights);
            case SyncFrame.ChallengeAnswer(var blocks, var proofs, var tipParent, var tip, var headers) ->
                new PeerMessage.SyncChallengeResponse(blocks, proofs, tipParent, tip, headers);
            case SyncFrame.Coverage(var coverage) -> new PeerMessage.SyncCoverage(coverage);
            case SyncFrame.ValidatedRequest(var height, var anchor) ->
                new PeerMessage.ValidatedBlockRequestByHeight(height, anchor);
            case SyncFrame.Validated(var block) -> new PeerMessage.ValidatedBlock(block);
            case SyncFrame.SetRequest(var block, var nonce, var offset) ->
                new PeerMessage.ArchivalMutatorSetRequest(block, nonce, offset);
            case SyncFrame.SetPiece(var piece) -> new PeerMessage.ArchivalMutatorSet(piece);
        };
    }
}
