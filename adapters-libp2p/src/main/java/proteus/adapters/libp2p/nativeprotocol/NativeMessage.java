package proteus.adapters.libp2p.nativeprotocol;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.util.Optional;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.SessionMessage;
import proteus.application.bridge.Libp2pMessage;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.MalformedMessageException.Reason;
import proteus.application.wire.PeerMessageCodec;

/**
 * A session message as the schema has it, with what it holds beyond that.
 *
 * <p>Fields that this node does not know are kept, wherever they are in the message, and {@link #toBytes} writes them
 * again: who hands a message on, as gossip is, hands on what a later version put into it. {@link #message} is what this
 * node understands, and knows nothing of them. Immutable.
 */
final class NativeMessage {

    private final SessionMessage message;

    private NativeMessage(SessionMessage message) {
        this.message = message;
    }

    /** What says {@code message}. */
    static NativeMessage of(Libp2pMessage message) {
        SessionMessage.Builder written = SessionMessage.newBuilder();
        return new NativeMessage(
                switch (message) {
                    case proteus.application.bridge.HandshakeExchange exchange ->
                        written.setHandshake(NodeForm.of(exchange)).build();
                    case proteus.application.bridge.BlockExchange exchange ->
                        written.setBlocks(ExchangeForm.of(exchange)).build();
                    case proteus.application.bridge.PeerExchange exchange ->
                        written.setPeers(ExchangeForm.of(exchange)).build();
                    case proteus.application.bridge.TransactionExchange exchange ->
                        written.setTransactions(ExchangeForm.of(exchange)).build();
                    case proteus.application.bridge.GossipEnvelope envelope ->
                        written.setGossip(GossipForm.of(envelope)).build();
                    case proteus.application.bridge.SyncFrame frame ->
                        written.setSync(SyncForm.of(frame)).build();
                });
    }

    /**
     * The message that {@code bytes} are. Until it is dropped it holds the array, which must stay as it is.
     *
     * @throws MalformedMessageException if they are none
     */
    static NativeMessage parse(byte[] bytes) throws MalformedMessageException {
        Survey.message(bytes);
        try {
            return new NativeMessage(SessionMessage.parseFrom(input(bytes)));
        } catch (IOException notTheSame) {
            // What has been surveyed is Protobuf; should the runtime think otherwise, the peer is to hear of it, not
            // we.
            throw new MalformedMessageException(Optional.empty(), 0, Reason.NOT_PROTOBUF);
        }
    }

    /** Reads {@code bytes} without copying what is bytes in it, too. */
    static CodedInputStream input(byte[] bytes) {
        CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
        input.enableAliasing(true);
        return input;
    }

    /** What it says. */
    Libp2pMessage message() {
        return switch (message.getFamilyCase()) {
            case HANDSHAKE -> NodeForm.exchange(message.getHandshake());
            case BLOCKS -> ExchangeForm.exchange(message.getBlocks());
            case PEERS -> ExchangeForm.exchange(message.getPeers());
            case TRANSACTIONS -> ExchangeForm.exchange(message.getTransactions());
            case GOSSIP -> GossipForm.envelope(message.getGossip());
            case SYNC -> SyncForm.frame(message.getSync());
            case FAMILY_NOT_SET -> throw Unsurveyed.message();
        };
    }

    /**
     * Its bytes.
     *
     * @throws IllegalArgumentException if they are more than any message may have
     */
    byte[] toBytes() {
        int size = message.getSerializedSize();
        if (size < 0 || size > PeerMessageCodec.MAX_BYTES) {
            throw new IllegalArgumentException("a message of " + Integer.toUnsignedString(size) + " bytes");
        }
        return message.toByteArray();
    }
}
