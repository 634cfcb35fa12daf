package proteus.adapters.libp2p.nativeprotocol;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import proteus.adapters.libp2p.nativeprotocol.proto.FormOptions;

/** What a field holds: its type in the schema, narrowed by the option {@code form}. */
enum ValueForm {
    /** A truth value. */
    BOOL(WireFormat.WIRETYPE_VARINT, 0),
    /** One of an enum's values but the first, which says nothing. */
    CHOICE(WireFormat.WIRETYPE_VARINT, 0),
    /** An integer of 8 bits. */
    U8(WireFormat.WIRETYPE_VARINT, 0xFF),
    /** One of 16. */
    U16(WireFormat.WIRETYPE_VARINT, 0xFFFF),
    /** One of 32. */
    U32(WireFormat.WIRETYPE_VARINT, 0xFFFF_FFFFL),
    /** Less than a second. */
    NANOS(WireFormat.WIRETYPE_VARINT, 999_999_999),
    /** Seconds that a signed clock can hold. */
    SECONDS(WireFormat.WIRETYPE_VARINT, Long.MAX_VALUE),
    /** An integer of 64 bits. */
    U64(WireFormat.WIRETYPE_VARINT, -1),
    /** A field element. */
    ELEMENT(WireFormat.WIRETYPE_FIXED64, 0),
    /** Field elements. */
    ELEMENTS(WireFormat.WIRETYPE_LENGTH_DELIMITED, 8),
    /** Digests. */
    DIGESTS(WireFormat.WIRETYPE_LENGTH_DELIMITED, 40),
    /** Integers of 32 bits. */
    WORDS(WireFormat.WIRETYPE_LENGTH_DELIMITED, 4),
    /** Plain bytes. */
    OCTETS(WireFormat.WIRETYPE_LENGTH_DELIMITED, 1),
    /** An IP address, of either version. */
    IP(WireFormat.WIRETYPE_LENGTH_DELIMITED, 4),
    /** Text in UTF-8. */
    TEXT(WireFormat.WIRETYPE_LENGTH_DELIMITED, 1),
    /** Another message. */
    MESSAGE(WireFormat.WIRETYPE_LENGTH_DELIMITED, 1);

    private final int wireType;
    private final long measure;

    ValueForm(int wireType, long measure) {
        this.wireType = wireType;
        this.measure = measure;
    }

    /** That of a field of the schema. */
    static ValueForm of(FieldDescriptor field) {
        String form = field.getOptions().getExtension(FormOptions.form);
        return switch (form) {
            case "element" -> ELEMENT;
            case "elements" -> ELEMENTS;
            case "digests" -> DIGESTS;
            case "words" -> WORDS;
            case "octets" -> OCTETS;
            case "ip" -> IP;
            case "u8" -> U8;
            case "u16" -> U16;
            case "nanos" -> NANOS;
            case "seconds" -> SECONDS;
            case "text" -> TEXT;
            case "" -> byType(field);
            default -> throw new IllegalArgumentException(field.getFullName() + " has no form " + form);
        };
    }

    private static ValueForm byType(FieldDescriptor field) {
        return switch (field.getType()) {
            case BOOL -> BOOL;
            case ENUM -> CHOICE;
            case UINT32 -> U32;
            case UINT64 -> U64;
            case MESSAGE -> MESSAGE;
            default -> throw new IllegalArgumentException(field.getFullName() + " needs a form");
        };
    }

    /** How it is on the wire. */
    int wireType() {
        return wireType;
    }

    /** The greatest value, unsigned; for integers. */
    long greatest() {
        return measure;
    }

    /** How many bytes each thing that is counted has; for what has a length. */
    int unit() {
        return (int) measure;
    }
}
