package proteus.application.wire;

import java.nio.ByteBuffer;
import proteus.application.wire.MalformedMessageException.Reason;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/**
 * Peer messages as bincode of variable width: the payload of one frame on legacy TCP and on gateway 2.0.
 *
 * <p>Decoding accepts what the reference accepts: integers longer than they need to be, field elements not reduced,
 * over-long strings. Encoding what was decoded can therefore give other bytes than came in; nothing in the protocol
 * depends on them. Safe for use by many threads. Source: wire reference of neptune-cash 0.19.4, sections 2, 6 and 7.
 */
public final class PeerMessageCodec {

    /** The largest encoding of any message, in bytes: 300 MiB. Single kinds have smaller limits. */
    public static final int MAX_BYTES = 314_572_800;

    private PeerMessageCodec() {}

    /**
     * The bytes of {@code message}.
     *
     * @throws IllegalArgumentException if they are more than {@link #MAX_BYTES}
     */
    public static byte[] encode(PeerMessage message) {
        BincodeWriter out = new BincodeWriter(IntegerWidth.VARIABLE, MAX_BYTES);
        out.variant(message.kind().index());
        writeFields(out, message);
        return out.toByteArray();
    }

    /**
     * The message that {@code bytes} are.
     *
     * @throws MalformedMessageException if they are none, or more than one
     */
    public static PeerMessage decode(byte[] bytes) throws MalformedMessageException {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * The message that {@code length} bytes from {@code offset} on are. Nothing keeps hold of the array.
     *
     * @throws MalformedMessageException if they are none, or more than one
     * @throws IndexOutOfBoundsException if {@code bytes} does not have them
     */
    public static PeerMessage decode(byte[] bytes, int offset, int length) throws MalformedMessageException {
        BincodeReader in = new BincodeReader(bytes, offset, length, IntegerWidth.VARIABLE);
        int at = in.position();
        long index = Integer.toUnsignedLong(in.u32());
        PeerMessageKind kind = PeerMessageKind.fromIndex(index).orElseThrow(() -> in.fault(at, Reason.UNKNOWN_KIND));
        in.enter(kind);
        PeerMessage message = readFields(in, kind);
        in.finish();
        return message;
    }

    /**
     * The message that the remaining bytes of {@code buffer} are; they count as read afterwards, whatever they are.
     *
     * @throws MalformedMessageException if they are none, or more than one
     */
    public static PeerMessage decode(ByteBuffer buffer) throws MalformedMessageException {
        int length = buffer.remaining();
        if (buffer.hasArray()) {
            int offset = buffer.arrayOffset() + buffer.position();
            buffer.position(buffer.limit());
            return decode(buffer.array(), offset, length);
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return decode(bytes);
    }

    private static PeerMessage readFields(BincodeReader in, PeerMessageKind kind) throws MalformedMessageException {
        return switch (kind) {
            case HANDSHAKE -> new PeerMessage.Handshake(HandshakeCodec.readMagic(in), HandshakeCodec.readData(in));
            case BLOCK -> new PeerMessage.Block(BlockCodec.readTransferBlock(in));
            case BLOCK_NOTIFICATION_REQUEST -> new PeerMessage.BlockNotificationRequest();
            case BLOCK_NOTIFICATION -> new PeerMessage.BlockNotification(GossipCodec.readBlockNotification(in));
            case BLOCK_REQUEST_BY_HEIGHT -> new PeerMessage.BlockRequestByHeight(BlockCodec.readHeight(in));
            case BLOCK_REQUEST_BY_HASH -> new PeerMessage.BlockRequestByHash(in.digest());
            case BLOCK_REQUEST_BATCH -> SyncCodec.readBatchRequest(in);
            case BLOCK_RESPONSE_BATCH ->
                new PeerMessage.BlockResponseBatch(in.list(
                        SyncCodec.LEAST_AUTHENTICATED_BLOCK,
                        SyncCodec.LEAST_AUTHENTICATED_BLOCK_FIXED,
                        SyncCodec::readAuthenticatedBlock));
            case UNABLE_TO_SATISFY_BATCH_REQUEST -> new PeerMessage.UnableToSatisfyBatchRequest();
            case SYNC_CHALLENGE -> SyncCodec.readChallenge(in);
            case SYNC_CHALLENGE_RESPONSE -> SyncCodec.readChallengeResponse(in);
            case BLOCK_PROPOSAL_NOTIFICATION -> GossipCodec.readProposalNotification(in);
            case BLOCK_PROPOSAL_REQUEST -> new PeerMessage.BlockProposalRequest(in.digest());
            case BLOCK_PROPOSAL -> new PeerMessage.BlockProposal(BlockCodec.readBlock(in));
            case TRANSACTION -> new PeerMessage.Transaction(TransactionCodec.readTransferTransaction(in));
            case TRANSACTION_NOTIFICATION -> GossipCodec.readTransactionNotification(in);
            case TRANSACTION_REQUEST -> new PeerMessage.TransactionRequest(TransactionCodec.readId(in));
            case PEER_LIST_REQUEST -> new PeerMessage.PeerListRequest();
            case PEER_LIST_RESPONSE ->
                new PeerMessage.PeerListResponse(
                        in.list(GossipCodec.LEAST_PEER, GossipCodec.LEAST_PEER_FIXED, GossipCodec::readPeer));
            case BYE -> new PeerMessage.Bye();
            case CONNECTION_STATUS -> new PeerMessage.ConnectionStatus(HandshakeCodec.readStatus(in));
            case SYNC_COVERAGE -> new PeerMessage.SyncCoverage(SyncCodec.readCoverage(in));
            case VALIDATED_BLOCK_REQUEST_BY_HEIGHT -> SyncCodec.readValidatedRequest(in);
            case VALIDATED_BLOCK -> new PeerMessage.ValidatedBlock(SyncCodec.readAuthenticatedBlock(in));
            case LINK_TX_NOTIFICATION -> GossipCodec.readLinkTxNotification(in);
            case LINK_TX_REQUEST -> new PeerMessage.LinkTxRequest(TransactionCodec.readId(in));
            case LINK_TX -> new PeerMessage.LinkTx(TransactionCodec.readTransferLinkTx(in));
            case BLOCK_NOTIFICATION_WITH_POW_WITNESS ->
                new PeerMessage.BlockNotificationWithPowWitness(BlockCodec.readHeaderWithWitness(in));
            case TIP_WITH_PARENT_ACCUMULATOR_REQUEST -> new PeerMessage.TipWithParentAccumulatorRequest();
            case TIP_WITH_PARENT_ACCUMULATOR ->
                new PeerMessage.TipWithParentAccumulator(BlockCodec.readWithParentAccumulator(in));
            case ARCHIVAL_MUTATOR_SET_REQUEST -> SyncCodec.readSetRequest(in);
            case ARCHIVAL_MUTATOR_SET -> new PeerMessage.ArchivalMutatorSet(SyncCodec.readSetFrame(in));
            case BLOCK_PROPOSAL_NOTIFICATION_REQUEST -> new PeerMessage.BlockProposalNotificationRequest();
        };
    }

    private static void writeFields(BincodeWriter out, PeerMessage message) {
        switch (message) {
            case PeerMessage.Handshake handshake -> {
                HandshakeCodec.write(out, handshake.magicValue());
                HandshakeCodec.write(out, handshake.data());
            }
            case PeerMessage.Block(var block) -> BlockCodec.write(out, block);
            case PeerMessage.BlockNotificationRequest() -> {}
            case PeerMessage.BlockNotification(var notification) -> GossipCodec.write(out, notification);
            case PeerMessage.BlockRequestByHeight(var height) -> BlockCodec.write(out, height);
            case PeerMessage.BlockRequestByHash(var hash) -> out.digest(hash);
            case PeerMessage.BlockRequestBatch blockRequestBatch -> SyncCodec.write(out, blockRequestBatch);
            case PeerMessage.BlockResponseBatch(var blocks) -> out.list(blocks, SyncCodec::write);
            case PeerMessage.UnableToSatisfyBatchRequest() -> {}
            case PeerMessage.SyncChallenge syncChallenge -> SyncCodec.write(out, syncChallenge);
            case PeerMessage.SyncChallengeResponse syncChallengeResponse -> SyncCodec.write(out, syncChallengeResponse);
            case PeerMessage.BlockProposalNotification blockProposalNotification ->
                GossipCodec.write(out, blockProposalNotification);
            case PeerMessage.BlockProposalRequest(var bodyMastHash) -> out.digest(bodyMastHash);
            case PeerMessage.BlockProposal(var block) -> BlockCodec.write(out, block);
            case PeerMessage.Transaction(var transaction) -> TransactionCodec.write(out, transaction);
            case PeerMessage.TransactionNotification transactionNotification ->
                GossipCodec.write(out, transactionNotification);
            case PeerMessage.TransactionRequest(var txid) -> TransactionCodec.write(out, txid);
            case PeerMessage.PeerListRequest() -> {}
            case PeerMessage.PeerListResponse(var peers) -> out.list(peers, GossipCodec::write);
            case PeerMessage.Bye() -> {}
            case PeerMessage.ConnectionStatus(var status) -> HandshakeCodec.write(out, status);
            case PeerMessage.SyncCoverage(var coverage) -> SyncCodec.write(out, coverage);
            case PeerMessage.ValidatedBlockRequestByHeight validatedBlockRequestByHeight ->
                SyncCodec.write(out, validatedBlockRequestByHeight);
            case PeerMessage.ValidatedBlock(var block) -> SyncCodec.write(out, block);
            case PeerMessage.LinkTxNotification linkTxNotification -> GossipCodec.write(out, linkTxNotification);
            case PeerMessage.LinkTxRequest(var txid) -> TransactionCodec.write(out, txid);
            case PeerMessage.LinkTx(var transaction) -> TransactionCodec.write(out, transaction);
            case PeerMessage.BlockNotificationWithPowWitness(var header) -> BlockCodec.write(out, header);
            case PeerMessage.TipWithParentAccumulatorRequest() -> {}
            case PeerMessage.TipWithParentAccumulator(var tip) -> BlockCodec.write(out, tip);
            case PeerMessage.ArchivalMutatorSetRequest archivalMutatorSetRequest ->
                SyncCodec.write(out, archivalMutatorSetRequest);
            case PeerMessage.ArchivalMutatorSet(var frame) -> SyncCodec.write(out, frame);
            case PeerMessage.BlockProposalNotificationRequest() -> {}
        }
    }
}
