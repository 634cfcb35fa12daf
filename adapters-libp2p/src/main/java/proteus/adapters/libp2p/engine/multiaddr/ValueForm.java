package proteus.adapters.libp2p.engine.multiaddr;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import proteus.adapters.libp2p.engine.identity.MalformedKeyException;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.multibase.Base58;
import proteus.adapters.libp2p.engine.multibase.MalformedTextException;
import proteus.adapters.libp2p.engine.multibase.Multibase;
import proteus.adapters.libp2p.engine.varint.MalformedVarintException;
import proteus.adapters.libp2p.engine.varint.Uvarint;

/** What kind of value follows a protocol, and its form in bytes and in text. */
enum ValueForm {
    NOTHING(0),
    IP4(Ip4Text.BYTES),
    IP6(Ip6Text.BYTES),
    /** Two bytes, big-endian. */
    PORT(Short.BYTES),
    /** Eight bytes, big-endian. */
    UNSIGNED_64(Long.BYTES),
    /** Visible characters in UTF-8, without a slash. */
    NAME(ValueForm.VARIABLE),
    PEER_ID(ValueForm.VARIABLE),
    MULTIHASH(ValueForm.VARIABLE);

    /** Length of a value that is written with its length before it. */
    static final int VARIABLE = -1;

    /** As long as a name of the DNS may be, in bytes. */
    private static final int MAX_NAME = 255;

    /** Longer than the digest of any hash in use, in bytes. */
    private static final int MAX_DIGEST = 128;

    /** In bytes, or {@link #VARIABLE}. */
    private final int length;

    ValueForm(int length) {
        this.length = length;
    }

    boolean isVariable() {
        return length == VARIABLE;
    }

    /** How long every value is, in bytes, if that is fixed. */
    int fixedLength() {
        return length;
    }

    /** Says whether {@code value}, of the right length if that is fixed, may be one. */
    void check(byte[] value) throws MalformedMultiaddrException {
        switch (this) {
            case NOTHING, IP4, IP6, PORT, UNSIGNED_64 -> {
                // Any bytes of this length are one.
            }
            case NAME -> name(value);
            case PEER_ID -> peerId(value);
            case MULTIHASH -> checkMultihash(value);
        }
    }

    /** The text of a value that was checked. */
    String text(byte[] value) {
        return switch (this) {
            case NOTHING -> "";
            case IP4 -> Ip4Text.format(value);
            case IP6 -> Ip6Text.format(value);
            case PORT -> Integer.toString(ByteBuffer.wrap(value).getShort() & 0xFFFF);
            case UNSIGNED_64 -> Long.toUnsignedString(ByteBuffer.wrap(value).getLong());
            case NAME -> new String(value, StandardCharsets.UTF_8);
            case PEER_ID -> Base58.encode(value);
            case MULTIHASH -> Multibase.BASE64_URL.encode(value);
        };
    }

    /** The value of a text; it need not be checked again. */
    byte[] parse(String text) throws MalformedMultiaddrException {
        return switch (this) {
            case NOTHING -> new byte[0];
            case IP4 -> Ip4Text.parse(text);
            case IP6 -> Ip6Text.parse(text);
            case PORT ->
                ByteBuffer.allocate(Short.BYTES)
                        .putShort((short) number(text, 0xFFFF))
                        .array();
            case UNSIGNED_64 ->
                ByteBuffer.allocate(Long.BYTES).putLong(number(text, -1)).array();
            case NAME -> parseName(text);
            case PEER_ID -> parsePeerId(text);
            case MULTIHASH -> parseMultihash(text);
        };
    }

    static PeerId peerId(byte[] value) throws MalformedMultiaddrException {
        try {
            return PeerId.fromBytes(value);
        } catch (MalformedKeyException malformed) {
            throw new MalformedMultiaddrException("no peer id: " + malformed.getMessage());
        }
    }

    private static byte[] parsePeerId(String text) throws MalformedMultiaddrException {
        try {
            return PeerId.parse(text).bytes();
        } catch (MalformedKeyException malformed) {
            throw new MalformedMultiaddrException("no peer id: " + malformed.getMessage());
        }
    }

    private static byte[] parseName(String text) throws MalformedMultiaddrException {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        if (!name(value).equals(text)) {
            throw new MalformedMultiaddrException("a name with half a character");
        }
        return value;
    }

    private static String name(byte[] value) throws MalformedMultiaddrException {
        if (value.length == 0 || value.length > MAX_NAME) {
            throw new MalformedMultiaddrException("a name of " + value.length + " bytes, of 1 to " + MAX_NAME);
        }
        String name;
        try {
            name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new MalformedMultiaddrException("a name of " + value.length + " bytes that is no UTF-8");
        }
        // A slash would begin the next component; the others would deceive whoever reads the text.
        boolean visible = name.codePoints()
                .noneMatch(each -> each == '/'
                        || Character.isISOControl(each)
                        || Character.isWhitespace(each)
                        || Character.isSpaceChar(each)
                        || Character.getType(each) == Character.FORMAT);
        if (!visible) {
            throw new MalformedMultiaddrException("a name with a slash or an invisible character");
        }
        return name;
    }

    private static byte[] parseMultihash(String text) throws MalformedMultiaddrException {
        byte[] value;
        try {
            value = Multibase.decode(text);
        } catch (MalformedTextException malformed) {
            throw new MalformedMultiaddrException("no hash: " + malformed.getMessage());
        }
        checkMultihash(value);
        return value;
    }

    private static void checkMultihash(byte[] value) throws MalformedMultiaddrException {
        ByteBuffer left = ByteBuffer.wrap(value);
        long length;
        try {
            Uvarint.read(left);
            length = Uvarint.read(left);
        } catch (MalformedVarintException malformed) {
            throw new MalformedMultiaddrException(
                    "a hash whose code or length is malformed: " + malformed.getMessage());
        }
        if (length != left.remaining() || length == 0 || length > MAX_DIGEST) {
            throw new MalformedMultiaddrException("a hash of " + length + " bytes, of 1 to " + MAX_DIGEST + ", with "
                    + left.remaining() + " present");
        }
    }

    /** Digits alone, without zeros before them. {@code max} is unsigned. */
    private static long number(String text, long max) throws MalformedMultiaddrException {
        boolean digits = !text.isEmpty()
                && text.length() <= 20
                && text.chars().allMatch(each -> each >= '0' && each <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
        if (digits) {
            try {
                long number = Long.parseUnsignedLong(text);
                if (Long.compareUnsigned(number, max) <= 0) {
                    return number;
                }
            } catch (NumberFormatException tooLarge) {
                // Reported below like one that only this form does not allow.
            }
        }
        throw new MalformedMultiaddrException("no number from 0 to " + Long.toUnsignedString(max)
                + " without leading zeros: " + MalformedMultiaddrException.quoted(text));
    }
}
