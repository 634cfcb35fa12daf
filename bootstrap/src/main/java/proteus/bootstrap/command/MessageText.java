package proteus.bootstrap.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import proteus.bootstrap.logging.Printable;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.TransferBlock;
import proteus.domain.hash.Digest;
import proteus.domain.peer.AuthenticatedBlock;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.MagicValue;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.SyncBlockPair;
import proteus.domain.transaction.TransactionKernel;

/** One line of text for each kind of message. */
final class MessageText {

    private MessageText() {}

    /** What {@code message} says, without its kind. */
    static String of(PeerMessage message) {
        return switch (message) {
            case PeerMessage.Handshake(var magic, var data) ->
                (magic.equals(MagicValue.REQUEST)
                                ? "request, "
                                : magic.equals(MagicValue.RESPONSE) ? "response, " : "wrong magic, ")
                        + handshake(data);
            case PeerMessage.Block(var block) -> block(block);
            case PeerMessage.BlockNotificationRequest() -> "";
            case PeerMessage.BlockNotification(var tip) -> "height " + tip.height() + ", hash " + brief(tip.hash());
            case PeerMessage.BlockRequestByHeight(var height) -> "height " + height;
            case PeerMessage.BlockRequestByHash(var hash) -> "hash " + hash;
            case PeerMessage.BlockRequestBatch(var known, var most, var anchor) ->
                known.size() + " known blocks, at most " + Long.toUnsignedString(most) + " wanted, anchor of "
                        + leafs(anchor.leafCount());
            case PeerMessage.BlockResponseBatch(var blocks) -> blocks.size() + " blocks" + heights(blocks);
            case PeerMessage.UnableToSatisfyBatchRequest() -> "";
            case PeerMessage.SyncChallenge(var tip, var challenges) ->
                "tip " + brief(tip) + ", heights "
                        + challenges.stream().map(Object::toString).collect(Collectors.joining(" "));
            case PeerMessage.SyncChallengeResponse response ->
                "tip " + block(response.tip()) + ", " + response.blocks().size() + " pairs";
            case PeerMessage.BlockProposalNotification(var body, var fee, var height) ->
                "height " + height + ", guesser fee " + fee.toCoins() + " coins, body " + brief(body);
            case PeerMessage.BlockProposalRequest(var body) -> "body " + brief(body);
            case PeerMessage.BlockProposal(var block) ->
                "height " + block.kernel().header().height();
            case PeerMessage.Transaction(var transaction) -> kernel(transaction.kernel());
            case PeerMessage.TransactionNotification notice ->
                "txid " + notice.txid() + ", fee " + notice.fee().toCoins() + " coins, "
                        + Long.toUnsignedString(notice.numInputs()) + " inputs, "
                        + Long.toUnsignedString(notice.numOutputs()) + " outputs, " + notice.proofQuality();
            case PeerMessage.TransactionRequest(var txid) -> "txid " + txid;
            case PeerMessage.PeerListRequest() -> "";
            case PeerMessage.PeerListResponse(var peers) ->
                peers.size() + " peers"
                        + peers.stream()
                                .limit(3)
                                .map(peer -> " " + peer.address())
                                .collect(Collectors.joining());
            case PeerMessage.Bye() -> "";
            case PeerMessage.ConnectionStatus(var status) -> status.toString();
            case PeerMessage.SyncCoverage(var mask) ->
                "from " + Long.toUnsignedString(mask.lowerBound()) + " to " + Long.toUnsignedString(mask.upperBound());
            case PeerMessage.ValidatedBlockRequestByHeight(var height, var anchor) ->
                "height " + height + ", anchor of " + leafs(anchor.leafCount());
            case PeerMessage.ValidatedBlock(var block) -> block(block.block());
            case PeerMessage.LinkTxNotification notice ->
                "txid " + notice.txid() + ", fee " + notice.fee().toCoins() + " coins, "
                        + Long.toUnsignedString(notice.numThruputs()) + " thruputs";
            case PeerMessage.LinkTxRequest(var txid) -> "txid " + txid;
            case PeerMessage.LinkTx(var transaction) ->
                kernel(transaction.kernel().kernel());
            case PeerMessage.BlockNotificationWithPowWitness(var header) -> header(header);
            case PeerMessage.TipWithParentAccumulatorRequest() -> "";
            case PeerMessage.TipWithParentAccumulator(var tip) -> block(tip.block());
            case PeerMessage.ArchivalMutatorSetRequest(var block, var _, var offset) ->
                "block " + brief(block) + ", from byte " + Long.toUnsignedString(offset);
            case PeerMessage.ArchivalMutatorSet(var frame) ->
                "block " + brief(frame.blockHash()) + ", " + frame.bytes().size() + " bytes";
            case PeerMessage.BlockProposalNotificationRequest() -> "";
        };
    }

    /** The blocks that {@code message} carries, in its order. */
    static List<Block> blocksOf(PeerMessage message) {
        List<TransferBlock> blocks = new ArrayList<>();
        if (message instanceof PeerMessage.BlockProposal(var proposal)) {
            return List.of(proposal);
        }
        if (message instanceof PeerMessage.Block(var block)) {
            blocks.add(block);
        }
        if (message instanceof PeerMessage.ValidatedBlock(var block)) {
            blocks.add(block.block());
        }
        if (message instanceof PeerMessage.BlockResponseBatch(var batch)) {
            batch.forEach(block -> blocks.add(block.block()));
        }
        if (message instanceof PeerMessage.SyncChallengeResponse response) {
            for (SyncBlockPair pair : response.blocks()) {
                blocks.add(pair.parent());
                blocks.add(pair.child());
            }
            blocks.add(response.tipParent());
            blocks.add(response.tip());
        }
        if (message instanceof PeerMessage.TipWithParentAccumulator(var tip)) {
            blocks.add(tip.block());
        }
        return blocks.stream().map(TransferBlock::toBlock).toList();
    }

    private static String handshake(HandshakeData data) {
        return "version " + Printable.of(data.version()) + " on "
                + data.network().id() + ", tip height "
                + data.tipHeader().height() + ", instance " + data.instanceId() + ", listens on "
                + data.listenPort().map(Object::toString).orElse("nothing") + ", extra data \""
                + Printable.of(data.extraData()) + "\"";
    }

    private static String block(TransferBlock block) {
        return "height " + block.header().height() + ", parent "
                + brief(block.header().prevBlockDigest()) + ", "
                + kernel(block.body().transactionKernel());
    }

    private static String header(BlockHeaderWithBlockHashWitness tip) {
        BlockHeader header = tip.header();
        return "height " + header.height() + ", hash " + BlockHash.of(tip) + ", parent "
                + brief(header.prevBlockDigest());
    }

    private static String kernel(TransactionKernel kernel) {
        return kernel.inputs().size() + " inputs, " + kernel.outputs().size() + " outputs, "
                + kernel.announcements().size() + " announcements, fee "
                + kernel.fee().toCoins() + " coins";
    }

    private static String heights(List<AuthenticatedBlock> blocks) {
        return blocks.isEmpty()
                ? ""
                : ", heights " + blocks.getFirst().block().header().height() + " to "
                        + blocks.getLast().block().header().height();
    }

    private static String leafs(long count) {
        return Long.toUnsignedString(count) + " leafs";
    }

    private static String brief(Digest digest) {
        return digest.toHex().substring(0, 12) + "…";
    }
}
