package proteus.domain.peer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Who a peer is on libp2p: a multihash of its public key, or the stand-in for a legacy peer, which has no key.
 *
 * <p>Ordered as upstream orders them: by hash code, then length of the hash, then its bytes as unsigned numbers.
 * Immutable. Source: the libp2p peer-id specification; neptune-p2p 0.19.4, {@code peer_info.rs}.
 */
public final class PeerId implements Comparable<PeerId> {

    /** Bytes in the longest id: code, length and a key of 42 bytes stated in full. */
    public static final int MAX_BYTES = 44;

    private static final int IDENTITY = 0x00;
    private static final int SHA2_256 = 0x12;
    private static final int MAX_INLINE_KEY = 42;
    private static final int SHA2_256_BYTES = 32;
    private static final int HEADER_BYTES = 2;
    private static final int MAX_TEXT = 64;
    private static final String LEGACY_PREFIX = "legacy-mapping";

    private final byte[] multihash;

    private PeerId(byte[] multihash) {
        this.multihash = multihash;
    }

    /**
     * Reads the bytes of a multihash; empty if they are no peer id: code 0 (the key itself) with at most 42 bytes, or
     * code 18 (SHA-256) with 32 bytes, each after one byte that states their number.
     */
    public static Optional<PeerId> parse(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || bytes.length > MAX_BYTES || bytes[1] != bytes.length - HEADER_BYTES) {
            return Optional.empty();
        }
        boolean known = switch (bytes[0]) {
            case IDENTITY -> bytes[1] <= MAX_INLINE_KEY;
            case SHA2_256 -> bytes[1] == SHA2_256_BYTES;
            default -> false;
        };
        return known ? Optional.of(new PeerId(bytes.clone())) : Optional.empty();
    }

    /** Reads the base58 form, as in {@code 12D3KooW…} or {@code Qm…}; empty if {@code text} is none. */
    public static Optional<PeerId> parse(String text) {
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        return Base58.decode(text).flatMap(PeerId::parse);
    }

    /**
     * The stand-in for a legacy peer: the SHA-256 hash of {@code legacy-mapping} and the text of its address.
     *
     * @param address where the peer's end of the connection is, as the node sees it
     */
    public static PeerId ofLegacy(PeerAddress address) {
        byte[] multihash = new byte[HEADER_BYTES + SHA2_256_BYTES];
        multihash[0] = SHA2_256;
        multihash[1] = SHA2_256_BYTES;
        byte[] hash = sha256().digest((LEGACY_PREFIX + address).getBytes(StandardCharsets.US_ASCII));
        System.arraycopy(hash, 0, multihash, HEADER_BYTES, SHA2_256_BYTES);
        return new PeerId(multihash);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The multihash: code, length and hash, in a new array. */
    public byte[] toBytes() {
        return multihash.clone();
    }

    @Override
    public int compareTo(PeerId other) {
        // Code and length are one byte each here, and both come before the hash.
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

    /** The base58 form. */
    @Override
    public String toString() {
        return Base58.encode(multihash);
    }
}
