package proteus.application.wire.json;

import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.MalformedMessageException.Reason;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/**
 * Peer messages as JSON: the payload of one frame on gateway 1.0.
 *
 * <p>Encoding gives the very bytes that serde gives. Decoding accepts what serde accepts: members in any order and more
 * of them, white space, field elements not reduced, over-long versions. It refuses what serde writes for no message: an
 * array in place of an object. Memory is taken for what was read, never for what was announced, and nothing is kept
 * from one text to the next. Safe for use by many threads. Source: wire reference of neptune-cash 0.19.4, section 8.
 */
public final class PeerMessageJson {

    /** The largest encoding of any message, in bytes: 300 MiB. Single kinds have smaller limits. */
    public static final int MAX_BYTES = PeerMessageCodec.MAX_BYTES;

    private PeerMessageJson() {}

    /**
     * The text of {@code message} in UTF-8.
     *
     * <p>A version or extra data with a quotation mark, a backslash or a control character in it is written as JSON has
     * it, and no node reads it again: upstream refuses escape sequences there.
     *
     * @throws IllegalArgumentException if it is more than {@link #MAX_BYTES}
     */
    public static byte[] encode(PeerMessage message) {
        return encode(message, MAX_BYTES);
    }

    static byte[] encode(PeerMessage message, int limit) {
        try (JsonWriter out = new JsonWriter(limit)) {
            write(out, message);
            return out.toByteArray();
        }
    }

    /**
     * The message that {@code text} is.
     *
     * @throws MalformedMessageException if it is none, or more than one
     */
    public static PeerMessage decode(byte[] text) throws MalformedMessageException {
        return decode(text, 0, text.length);
    }

    /**
     * The message that {@code length} bytes from {@code offset} on are. Nothing keeps hold of the array.
     *
     * @throws MalformedMessageException if they are none, or more than one
     * @throws IndexOutOfBoundsException if {@code text} does not have them
     */
    public static PeerMessage decode(byte[] text, int offset, int length) throws MalformedMessageException {
        try (JsonReader in = new JsonReader(text, offset, length)) {
            in.start();
            JsonVariant variant = in.variant();
            PeerMessageKind kind =
                    PeerMessageKind.fromUpstreamName(variant.name()).orElseThrow(() -> in.fault(Reason.UNKNOWN_KIND));
            in.enter(kind);
            PeerMessage message = read(variant, kind);
            in.finish();
            return message;
        }
    }

    private static PeerMessage read(JsonVariant variant, PeerMessageKind kind) throws MalformedMessageException {
        return switch (kind) {
            case HANDSHAKE -> variant.payload(HandshakeJson::readHandshake);
            case BLOCK -> new PeerMessage.Block(variant.payload(BlockJson::readTransferBlock));
            case BLOCK_NOTIFICATION_REQUEST -> variant.unit(new PeerMessage.BlockNotificationRequest());
            case BLOCK_NOTIFICATION ->
                new PeerMessage.BlockNotification(variant.payload(GossipJson::readBlockNotification));
            case BLOCK_REQUEST_BY_HEIGHT ->
                new PeerMessage.BlockRequestByHeight(variant.payload(HeaderJson::readHeight));
            case BLOCK_REQUEST_BY_HASH -> new PeerMessage.BlockRequestByHash(variant.payload(JsonReader::digest));
            case BLOCK_REQUEST_BATCH -> variant.payload(SyncJson::readBatchRequest);
            case BLOCK_RESPONSE_BATCH ->
                new PeerMessage.BlockResponseBatch(variant.payload(in -> in.list(SyncJson::readAuthenticatedBlock)));
            case UNABLE_TO_SATISFY_BATCH_REQUEST -> variant.unit(new PeerMessage.UnableToSatisfyBatchRequest());
            case SYNC_CHALLENGE -> variant.payload(SyncJson::readChallenge);
            case SYNC_CHALLENGE_RESPONSE -> variant.payload(SyncJson::readChallengeResponse);
            case BLOCK_PROPOSAL_NOTIFICATION -> variant.payload(GossipJson::readProposalNotification);
            case BLOCK_PROPOSAL_REQUEST -> variant.payload(GossipJson::readProposalRequest);
            case BLOCK_PROPOSAL -> new PeerMessage.BlockProposal(variant.payload(BlockJson::readBlock));
            case TRANSACTION -> new PeerMessage.Transaction(variant.payload(TransactionJson::readTransferTransaction));
            case TRANSACTION_NOTIFICATION -> variant.payload(GossipJson::readTransactionNotification);
            case TRANSACTION_REQUEST -> new PeerMessage.TransactionRequest(variant.payload(TransactionJson::readId));
            case PEER_LIST_REQUEST -> variant.unit(new PeerMessage.PeerListRequest());
            case PEER_LIST_RESPONSE ->
                new PeerMessage.PeerListResponse(variant.payload(in -> in.list(GossipJson::readPeer)));
            case BYE -> variant.unit(new PeerMessage.Bye());
            case CONNECTION_STATUS -> new PeerMessage.ConnectionStatus(variant.payload(HandshakeJson::readStatus));
            case SYNC_COVERAGE -> new PeerMessage.SyncCoverage(variant.payload(SyncJson::readCoverage));
            case VALIDATED_BLOCK_REQUEST_BY_HEIGHT -> variant.payload(SyncJson::readValidatedRequest);
            case VALIDATED_BLOCK -> new PeerMessage.ValidatedBlock(variant.payload(SyncJson::readAuthenticatedBlock));
            case LINK_TX_NOTIFICATION -> variant.payload(GossipJson::readLinkTxNotification);
            case LINK_TX_REQUEST -> new PeerMessage.LinkTxRequest(variant.payload(TransactionJson::readId));
            case LINK_TX -> new PeerMessage.LinkTx(variant.payload(TransactionJson::readTransferLinkTx));
            case BLOCK_NOTIFICATION_WITH_POW_WITNESS ->
                new PeerMessage.BlockNotificationWithPowWitness(variant.payload(HeaderJson::readHeaderWithWitness));
            case TIP_WITH_PARENT_ACCUMULATOR_REQUEST -> variant.unit(new PeerMessage.TipWithParentAccumulatorRequest());
            case TIP_WITH_PARENT_ACCUMULATOR ->
                new PeerMessage.TipWithParentAccumulator(variant.payload(BlockJson::readWithParentAccumulator));
            case ARCHIVAL_MUTATOR_SET_REQUEST -> variant.payload(SyncJson::readSetRequest);
            case ARCHIVAL_MUTATOR_SET -> new PeerMessage.ArchivalMutatorSet(variant.payload(SyncJson::readSetFrame));
            case BLOCK_PROPOSAL_NOTIFICATION_REQUEST ->
                variant.unit(new PeerMessage.BlockProposalNotificationRequest());
        };
    }

    private static void write(JsonWriter out, PeerMessage message) {
        String name = message.kind().upstreamName();
        switch (message) {
            case PeerMessage.Handshake handshake -> out.variant(name, handshake, HandshakeJson::write);
            case PeerMessage.Block(var block) -> out.variant(name, block, BlockJson::write);
            case PeerMessage.BlockNotificationRequest() -> out.variant(name);
            case PeerMessage.BlockNotification(var notification) -> out.variant(name, notification, GossipJson::write);
            case PeerMessage.BlockRequestByHeight(var height) -> out.variant(name, height, HeaderJson::write);
            case PeerMessage.BlockRequestByHash(var hash) -> out.variant(name, hash, JsonWriter::digest);
            case PeerMessage.BlockRequestBatch request -> out.variant(name, request, SyncJson::write);
            case PeerMessage.BlockResponseBatch(var blocks) ->
                out.variant(name, blocks, (o, all) -> o.list(all, SyncJson::write));
            case PeerMessage.UnableToSatisfyBatchRequest() -> out.variant(name);
            case PeerMessage.SyncChallenge challenge -> out.variant(name, challenge, SyncJson::write);
            case PeerMessage.SyncChallengeResponse response -> out.variant(name, response, SyncJson::write);
            case PeerMessage.BlockProposalNotification notification ->
                out.variant(name, notification, GossipJson::write);
            case PeerMessage.BlockProposalRequest request -> out.variant(name, request, GossipJson::write);
            case PeerMessage.BlockProposal(var block) -> out.variant(name, block, BlockJson::write);
            case PeerMessage.Transaction(var transaction) -> out.variant(name, transaction, TransactionJson::write);
            case PeerMessage.TransactionNotification notification -> out.variant(name, notification, GossipJson::write);
            case PeerMessage.TransactionRequest(var txid) -> out.variant(name, txid, TransactionJson::write);
            case PeerMessage.PeerListRequest() -> out.variant(name);
            case PeerMessage.PeerListResponse(var peers) ->
                out.variant(name, peers, (o, all) -> o.list(all, GossipJson::write));
            case PeerMessage.Bye() -> out.variant(name);
            case PeerMessage.ConnectionStatus(var status) -> out.variant(name, status, HandshakeJson::write);
            case PeerMessage.SyncCoverage(var coverage) -> out.variant(name, coverage, SyncJson::write);
            case PeerMessage.ValidatedBlockRequestByHeight request -> out.variant(name, request, SyncJson::write);
            case PeerMessage.ValidatedBlock(var block) -> out.variant(name, block, SyncJson::write);
            case PeerMessage.LinkTxNotification notification -> out.variant(name, notification, GossipJson::write);
            case PeerMessage.LinkTxRequest(var txid) -> out.variant(name, txid, TransactionJson::write);
            case PeerMessage.LinkTx(var transaction) -> out.variant(name, transaction, TransactionJson::write);
            case PeerMessage.BlockNotificationWithPowWitness(var header) ->
                out.variant(name, header, HeaderJson::write);
            case PeerMessage.TipWithParentAccumulatorRequest() -> out.variant(name);
            case PeerMessage.TipWithParentAccumulator(var tip) -> out.variant(name, tip, BlockJson::write);
            case PeerMessage.ArchivalMutatorSetRequest request -> out.variant(name, request, SyncJson::write);
            case PeerMessage.ArchivalMutatorSet(var frame) -> out.variant(name, frame, SyncJson::write);
            case PeerMessage.BlockProposalNotificationRequest() -> out.variant(name);
        }
    }
}
