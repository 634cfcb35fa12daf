package proteus.adapters.libp2p.nativeprotocol;

import com.google.protobuf.WireFormat;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.RecordMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.SessionMessage;
import proteus.application.wire.FrameKind;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.MalformedMessageException.Reason;
import proteus.domain.field.BFieldElement;
import proteus.domain.peer.PeerMessageKind;

/**
 * Looks through bytes that a peer sent, before anything is made of them: whether they are what the schema says, with the
 * forms and counts that it says, each singular field once.
 *
 * <p>What passes is a message, and decoding it takes no more memory for its bytes than other forms do; that is why lengths
 * and counts come first, a field may not be there twice, and unknown fields are counted. It takes next to no memory
 * itself, and goes no deeper than the schema: what is unknown is passed over. For one thread, once.
 */
final class Survey {

    /** Fields of a frame or record that the schema does not have, at all depths; each may take half a KiB of heap. */
    static final int MOST_UNKNOWN = 512;

    private static final MessageShape SESSION = MessageShape.of(SessionMessage.getDescriptor());
    private static final MessageShape RECORD = MessageShape.of(RecordMessage.getDescriptor());
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int[] NO_LISTS = {};

    private final byte[] bytes;
    private final Optional<PeerMessageKind> kind;
    private int position;
    private int unknown;

    private Survey(byte[] bytes, Optional<PeerMessageKind> kind) {
        this.bytes = bytes;
        this.kind = kind;
    }

    /**
     * Looks through a session message.
     *
     * @throws MalformedMessageException if it is none
     */
    static void message(byte[] bytes) throws MalformedMessageException {
        switch (NativeKind.of(bytes.length, ByteBuffer.wrap(bytes))) {
            case FrameKind.Known(var known) -> new Survey(bytes, Optional.of(known)).whole(SESSION);
            case FrameKind.Unknown(), FrameKind.Undecided() ->
                throw new MalformedMessageException(
                        Optional.empty(), 0, bytes.length == 0 ? Reason.ENDS_EARLY : Reason.UNKNOWN_KIND);
        }
    }

    /**
     * Looks through a record.
     *
     * @throws MalformedMessageException if it is none
     */
    static void record(byte[] bytes) throws MalformedMessageException {
        new Survey(bytes, Optional.empty()).whole(RECORD);
    }

    private void whole(MessageShape shape) throws MalformedMessageException {
        fields(shape, bytes.length, 0);
    }

    /** The fields of one message, which ends at {@code end} and has {@code index} others before it in its list. */
    private void fields(MessageShape shape, int end, int index) throws MalformedMessageException {
        int start = position;
        long seen = 0;
        int[] occurrences =
                shape.lists().isEmpty() ? NO_LISTS : new int[shape.lists().size()];
        while (position < end) {
            int at = position;
            int tag = tag(end);
            @Nullable FieldShape field = shape.field(tag >>> 3);
            if (field == null) {
                passOver(tag & 7, at, end);
                continue;
            }
            if ((tag & 7) != field.form().wireType()) {
                throw fault(at, Reason.WRONG_TYPE);
            }
            if (field.repeated()) {
                int before = occurrences[field.list()]++;
                if (before >= (index == 0 ? field.most() : field.mostLater())) {
                    throw fault(at, Reason.LIST_TOO_LONG);
                }
                value(field, at, end, before);
            } else {
                if ((seen & field.mark()) != 0) {
                    throw fault(at, Reason.DUPLICATE_MEMBER);
                }
                seen |= field.mark();
                value(field, at, end, 0);
            }
        }
        if ((shape.required() & ~seen) != 0) {
            throw fault(start, Reason.MISSING_MEMBER);
        }
        for (FieldShape list : shape.lists()) {
            if (occurrences[list.list()] < list.least()) {
                throw fault(start, Reason.LIST_TOO_SHORT);
            }
        }
    }

    private void value(FieldShape field, int at, int end, int index) throws MalformedMessageException {
        switch (field.form()) {
            case BOOL -> {
                if (Long.compareUnsigned(varint(end), 1) > 0) {
                    throw fault(at, Reason.NOT_A_BOOLEAN);
                }
            }
            case CHOICE -> {
                long value = varint(end);
                if (value == 0 || Long.compareUnsigned(value, field.choices()) >= 0) {
                    throw fault(at, Reason.UNKNOWN_VARIANT);
                }
            }
            case U8, U16, U32, U64, NANOS -> {
                if (Long.compareUnsigned(varint(end), field.form().greatest()) > 0) {
                    throw fault(at, Reason.INTEGER_TOO_LARGE);
                }
            }
            case SECONDS -> {
                if (varint(end) < 0) {
                    throw fault(at, Reason.TIME_OVERFLOW);
                }
            }
            case ELEMENT -> {
                requireThere(Long.BYTES, at, end);
                requireElements(position, position + Long.BYTES);
                position += Long.BYTES;
            }
            case ELEMENTS, DIGESTS -> {
                int last = counted(field, at, end);
                requireElements(position, last);
                position = last;
            }
            case WORDS, OCTETS -> position = counted(field, at, end);
            case IP -> {
                int last = last(at, end);
                if (last - position != 4 && last - position != 16) {
                    throw fault(at, Reason.BAD_LENGTH);
                }
                position = last;
            }
            case TEXT -> text(field, at, end);
            case MESSAGE -> fields(field.message().orElseThrow(), last(at, end), index);
        }
    }

    private void requireElements(int from, int to) throws MalformedMessageException {
        for (int at = from; at < to; at += Long.BYTES) {
            if (!BFieldElement.isCanonical((long) LONGS.get(bytes, at))) {
                throw fault(at, Reason.NOT_CANONICAL);
            }
        }
    }

    /** Where bytes end that are a whole number of units, as many as there may be. */
    private int counted(FieldShape field, int at, int end) throws MalformedMessageException {
        int last = last(at, end);
        int length = last - position;
        int unit = field.form().unit();
        if (length % unit != 0) {
            throw fault(at, Reason.BAD_LENGTH);
        }
        // The counts of a repeated field are of its occurrences.
        if (!field.repeated()) {
            int count = length / unit;
            if (count > field.most()) {
                throw fault(at, field.least() == field.most() ? Reason.BAD_LENGTH : Reason.LIST_TOO_LONG);
            }
            if (count < field.least()) {
                throw fault(at, Reason.BAD_LENGTH);
            }
        }
        return last;
    }

    private void text(FieldShape field, int at, int end) throws MalformedMessageException {
        int last = last(at, end);
        int length = last - position;
        if (length > field.most()) {
            throw fault(at, Reason.BEYOND_LIMITS);
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, position, length));
        } catch (CharacterCodingException malformed) {
            throw fault(at, Reason.NOT_UTF8);
        }
        position = last;
    }

    /** Where the value ends whose length comes next. */
    private int last(int at, int end) throws MalformedMessageException {
        long length = varint(end);
        if (Long.compareUnsigned(length, end - position) > 0) {
            throw fault(at, Reason.ENDS_EARLY);
        }
        return position + (int) length;
    }

    private void passOver(int wireType, int at, int end) throws MalformedMessageException {
        unknown++;
        if (unknown > MOST_UNKNOWN) {
            throw fault(at, Reason.BEYOND_LIMITS);
        }
        switch (wireType) {
            case WireFormat.WIRETYPE_VARINT -> varint(end);
            case WireFormat.WIRETYPE_FIXED64 -> position += requireThere(Long.BYTES, at, end);
            case WireFormat.WIRETYPE_FIXED32 -> position += requireThere(Integer.BYTES, at, end);
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> position = last(at, end);
            default -> throw fault(at, Reason.NOT_PROTOBUF);
        }
    }

    private int requireThere(int size, int at, int end) throws MalformedMessageException {
        if (size > end - position) {
            throw fault(at, Reason.ENDS_EARLY);
        }
        return size;
    }

    private int tag(int end) throws MalformedMessageException {
        int at = position;
        long tag = varint(end);
        if (tag >>> Integer.SIZE != 0 || tag >>> 3 == 0) {
            throw fault(at, Reason.NOT_PROTOBUF);
        }
        return (int) tag;
    }

    /** The bits of an integer; longer forms than a value needs are read, too, as every reader of Protobuf does. */
    private long varint(int end) throws MalformedMessageException {
        int at = position;
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position == end) {
                throw fault(at, Reason.ENDS_EARLY);
            }
            byte next = bytes[position++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                if (shift == 63 && next > 1) {
                    throw fault(at, Reason.NOT_PROTOBUF);
                }
                return value;
            }
        }
        throw fault(at, Reason.NOT_PROTOBUF);
    }

    private MalformedMessageException fault(int at, Reason reason) {
        return new MalformedMessageException(kind, at, reason);
    }
}
