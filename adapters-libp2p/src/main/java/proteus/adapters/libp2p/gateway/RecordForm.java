package proteus.adapters.libp2p.gateway;

import proteus.adapters.libp2p.nativeprotocol.NativeRecord;
import proteus.application.wire.HandshakeRecordCodec;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.HandshakeData;

/** How the records are written by which the sides of a session say who they are. */
enum RecordForm {
    /** Upstream's, which may have bytes behind what it says. */
    BINCODE,
    /** This node's own. */
    PROTOBUF;

    byte[] encode(HandshakeData data) {
        return switch (this) {
            case BINCODE -> HandshakeRecordCodec.encode(data);
            case PROTOBUF -> NativeRecord.encode(data);
        };
    }

    HandshakeData decode(byte[] record) throws MalformedMessageException {
        return switch (this) {
            case BINCODE -> HandshakeRecordCodec.decode(record);
            case PROTOBUF -> NativeRecord.decode(record);
        };
    }

    /** The longest that is read, in bytes. */
    int mostBytes() {
        return switch (this) {
            case BINCODE -> HandshakeRecordCodec.MAX_BYTES;
            case PROTOBUF -> NativeRecord.MAX_BYTES;
        };
    }
}
