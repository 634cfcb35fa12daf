package proteus.adapters.libp2p.engine.identity;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import proteus.adapters.libp2p.engine.identity.proto.KeyMessages.KeyType;
import proteus.adapters.libp2p.engine.identity.proto.KeyMessages.PrivateKeyMessage;

/**
 * An own Ed25519 key pair, by which this host proves who it is. Immutable, and safe for use by many threads.
 *
 * <p>The private half leaves it by {@link #encodedPrivateKey()} alone, and is in no text and no message of an
 * exception.
 */
public final class Identity {

    private static final int SEED_BYTES = 32;

    /** {@code PrivateKey} message of libp2p: type Ed25519, 64 bytes of data. */
    private static final String MESSAGE_PREFIX = "08011240";

    private final byte[] seed;
    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final PeerId peerId;

    private Identity(byte[] seed, PrivateKey privateKey, PublicKey publicKey) {
        this.seed = seed;
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.peerId = PeerId.of(publicKey);
    }

    /** A new identity from {@code random}. */
    public static Identity generate(SecureRandom random) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return ofSeed(seed);
    }

    /**
     * Reads the {@code PrivateKey} message of libp2p. Its data are the seed of 32 bytes and the public key; in an old
     * form the public key follows once more.
     *
     * @throws MalformedKeyException if it is none, is of another type than Ed25519, or its public key is not that of
     *     the seed
     */
    public static Identity decode(byte[] encodedPrivateKey) throws MalformedKeyException {
        if (encodedPrivateKey.length > PublicKey.MAX_ENCODED_BYTES) {
            throw new MalformedKeyException("a private key of " + encodedPrivateKey.length + " bytes, of at most "
                    + PublicKey.MAX_ENCODED_BYTES);
        }
        PrivateKeyMessage message;
        try {
            message = PrivateKeyMessage.parseFrom(encodedPrivateKey);
        } catch (InvalidProtocolBufferException broken) {
            // Not as cause: it holds what was read so far.
            throw new MalformedKeyException("no private key: " + broken.getMessage());
        }
        if (!message.hasType() || !message.hasData() || message.getType() != KeyType.ED25519) {
            throw new MalformedKeyException("a private key without data, or of another type than Ed25519");
        }
        return ofData(message.getData().toByteArray());
    }

    private static Identity ofData(byte[] data) throws MalformedKeyException {
        int pair = SEED_BYTES + Ed25519PublicKey.BYTES;
        if (data.length != pair && data.length != pair + Ed25519PublicKey.BYTES) {
            throw new MalformedKeyException("a private Ed25519 key of " + data.length + " bytes, neither 64 nor 96");
        }
        Identity identity = ofSeed(Arrays.copyOf(data, SEED_BYTES));
        byte[] expected = identity.publicKey.data();
        for (int offset = SEED_BYTES; offset < data.length; offset += expected.length) {
            if (!Arrays.equals(data, offset, offset + expected.length, expected, 0, expected.length)) {
                throw new MalformedKeyException("a private Ed25519 key whose public half belongs to another");
            }
        }
        return identity;
    }

    private static Identity ofSeed(byte[] seed) {
        // The JDK signs with a seed, but does not tell its public key.
        byte[] raw = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
        try {
            PrivateKey privateKey = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            return new Identity(seed, privateKey, Ed25519PublicKey.of(raw));
        } catch (MalformedKeyException | GeneralSecurityException impossible) {
            throw new IllegalStateException("no Ed25519 key comes of 32 bytes", impossible);
        }
    }

    /** The public half. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** The id of this host. */
    public PeerId peerId() {
        return peerId;
    }

    /** The {@code PrivateKey} message of libp2p, 68 bytes: a secret, for places that only its owner reads. */
    public byte[] encodedPrivateKey() {
        return ByteBuffer.allocate(4 + SEED_BYTES + Ed25519PublicKey.BYTES)
                .put(HexFormat.of().parseHex(MESSAGE_PREFIX))
                .put(seed)
                .put(publicKey.data())
                .array();
    }

    /** The signature over {@code message}, 64 bytes. */
    public byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(privateKey);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the own key does not sign", impossible);
        }
    }

    /** The peer id alone. */
    @Override
    public String toString() {
        return peerId.toString();
    }
}
