package proteus.adapters.libp2p.engine.identity;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import proteus.adapters.libp2p.engine.multibase.Base58;
import proteus.adapters.libp2p.engine.multibase.MalformedTextException;
import proteus.adapters.libp2p.engine.multibase.Multibase;

/**
 * The id of a peer: a multihash of its public key. Immutable.
 *
 * <p>A key whose message is short is its own hash, so that an id of this kind contains the key. Ids are ordered by the
 * code of the hash, then by its length, then by its bytes as unsigned numbers. Source: libp2p specification, "Peer Ids
 * and Keys".
 */
public final class PeerId implements Comparable<PeerId> {

    /** The longest {@code PublicKey} message that an id contains as it is, in bytes. */
    private static final int MAX_INLINE_BYTES = 42;

    /** Longer than any id in any base, in characters. */
    private static final int MAX_TEXT = 128;

    // Code and length of the hash are below 128, and so take one byte each.
    private static final byte IDENTITY = 0x00;
    private static final byte SHA_256 = 0x12;

    /** Version 1, codec libp2p-key. */
    private static final byte[] CID_PREFIX = {0x01, 0x72};

    private final byte[] multihash;

    private PeerId(byte[] multihash) {
        this.multihash = multihash;
    }

    /** The id of the holder of {@code key}. */
    public static PeerId of(PublicKey key) {
        byte[] encoded = key.encoded();
        return encoded.length <= MAX_INLINE_BYTES ? of(IDENTITY, encoded) : of(SHA_256, Sha256.of(encoded));
    }

    private static PeerId of(byte code, byte[] digest) {
        return new PeerId(ByteBuffer.allocate(2 + digest.length)
                .put(code)
                .put((byte) digest.length)
                .put(digest)
                .array());
    }

    /**
     * Reads the multihash.
     *
     * <p>Whether the digest of an identity hash is a key is not looked at: {@link #publicKey()} tells.
     *
     * @throws MalformedKeyException if it is none that a peer may have: SHA-256, or identity of at most 42 bytes
     */
    public static PeerId fromBytes(byte[] multihash) throws MalformedKeyException {
        if (multihash.length < 2 || multihash[1] != multihash.length - 2) {
            throw new MalformedKeyException("a peer id of " + multihash.length + " bytes that is no multihash");
        }
        int digest = multihash.length - 2;
        boolean allowed = switch (multihash[0]) {
            case IDENTITY -> digest <= MAX_INLINE_BYTES;
            case SHA_256 -> digest == Sha256.BYTES;
            default -> false;
        };
        if (!allowed) {
            throw new MalformedKeyException("a peer id by hash " + multihash[0] + " of " + digest + " bytes");
        }
        return new PeerId(multihash.clone());
    }

    /**
     * Reads either text form: base58 of the multihash, which begins with {@code 1} or {@code Qm}, or a CID of version 1
     * in base 32 ({@code b}) or base 58 ({@code z}).
     *
     * @throws MalformedKeyException if it is neither
     */
    public static PeerId parse(String text) throws MalformedKeyException {
        if (text.length() > MAX_TEXT) {
            throw new MalformedKeyException("a peer id of " + text.length() + " characters, of at most " + MAX_TEXT);
        }
        try {
            if (text.startsWith("1") || text.startsWith("Qm")) {
                return fromBytes(Base58.decode(text));
            }
            return fromCid(Multibase.decode(text));
        } catch (MalformedTextException malformed) {
            throw new MalformedKeyException(malformed.getMessage() + " in a peer id", malformed);
        }
    }

    private static PeerId fromCid(byte[] cid) throws MalformedKeyException {
        if (!Arrays.equals(cid, 0, Math.min(cid.length, CID_PREFIX.length), CID_PREFIX, 0, CID_PREFIX.length)) {
            throw new MalformedKeyException("no CID of version 1 with the codec of keys");
        }
        return fromBytes(Arrays.copyOfRange(cid, CID_PREFIX.length, cid.length));
    }

    /** The multihash. */
    public byte[] bytes() {
        return multihash.clone();
    }

    /** The key that the id contains; empty if it contains a hash alone, or something that is no key of this id. */
    public Optional<PublicKey> publicKey() {
        if (multihash[0] != IDENTITY) {
            return Optional.empty();
        }
        try {
            return Optional.of(PublicKey.decode(Arrays.copyOfRange(multihash, 2, multihash.length)))
                    .filter(this::matches);
        } catch (MalformedKeyException none) {
            return Optional.empty();
        }
    }

    /** Whether the holder of {@code key} has this id. */
    public boolean matches(PublicKey key) {
        return equals(of(key));
    }

    /** The text form as CID of version 1, in base 32. */
    public String toCid() {
        return Multibase.BASE32.encode(ByteBuffer.allocate(CID_PREFIX.length + multihash.length)
                .put(CID_PREFIX)
                .put(multihash)
                .array());
    }

    @Override
    public int compareTo(PeerId other) {
        // Code, length and digest lie in this order.
        return Arrays.compareUnsigned(multihash, other.multihash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerId that && Arrays.equals(multihash, that.multihash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(multihash);
    }

    /** The multihash in base58. */
    @Override
    public String toString() {
        return Base58.encode(multihash);
    }
}
