package proteus.adapters.libp2p.nativeprotocol;

import java.io.IOException;
import java.util.Optional;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.RecordMessage;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.MalformedMessageException.Reason;
import proteus.domain.peer.HandshakeData;

/** The record by which a node says who it is, before any frame. Safe for use by many threads. */
public final class NativeRecord {

    /** The longest that a node reads, in bytes: 64 KiB. This version writes less than 3 KiB. */
    public static final int MAX_BYTES = 65_536;

    /** Counts what was added to the schema of version 1. */
    static final int REVISION = 1;

    private NativeRecord() {}

    /** The bytes of {@code data}. */
    public static byte[] encode(HandshakeData data) {
        return RecordMessage.newBuilder()
                .setRevision(REVISION)
                .setNode(NodeForm.of(data))
                .build()
                .toByteArray();
    }

    /**
     * The data that {@code bytes} say. What else a later revision says is passed over.
     *
     * @throws MalformedMessageException if they are no record
     */
    public static HandshakeData decode(byte[] bytes) throws MalformedMessageException {
        Survey.record(bytes);
        try {
            return NodeForm.node(
                    RecordMessage.parseFrom(NativeMessage.input(bytes)).getNode());
        } catch (IOException notTheSame) {
            throw new MalformedMessageException(Optional.empty(), 0, Reason.NOT_PROTOBUF);
        }
    }
}
