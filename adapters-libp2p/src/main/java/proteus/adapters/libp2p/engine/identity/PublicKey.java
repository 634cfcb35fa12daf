package proteus.adapters.libp2p.engine.identity;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import proteus.adapters.libp2p.engine.identity.proto.KeyMessages.PublicKeyMessage;
import proteus.adapters.libp2p.engine.varint.Uvarint;

/**
 * The key by which a peer proves who it is. Immutable; equal when type and data are.
 *
 * <p>What exists of this type is a valid key: a point on its curve, or a modulus and exponent within limits, in the one
 * canonical form. Source: libp2p specification, "Peer Ids and Keys".
 */
public sealed interface PublicKey permits Ed25519PublicKey, EcdsaPublicKey, Secp256k1PublicKey, RsaPublicKey {

    /** The longest message that is read, in bytes. An RSA key of 8,192 bits takes less than 1,100. */
    int MAX_ENCODED_BYTES = 2_048;

    /**
     * Reads the {@code PublicKey} message of libp2p. Both fields must be there; unknown ones are skipped.
     *
     * @throws MalformedKeyException if it is none, is longer than {@value #MAX_ENCODED_BYTES} bytes, or its key is not
     *     allowed
     */
    static PublicKey decode(byte[] encoded) throws MalformedKeyException {
        if (encoded.length > MAX_ENCODED_BYTES) {
            throw new MalformedKeyException("a key of " + encoded.length + " bytes, of at most " + MAX_ENCODED_BYTES);
        }
        PublicKeyMessage message;
        try {
            message = PublicKeyMessage.parseFrom(encoded);
        } catch (InvalidProtocolBufferException broken) {
            throw new MalformedKeyException("a key of " + encoded.length + " bytes: " + broken.getMessage(), broken);
        }
        if (!message.hasType() || !message.hasData()) {
            throw new MalformedKeyException(
                    "a key of " + encoded.length + " bytes without a known type, or without data");
        }
        byte[] data = message.getData().toByteArray();
        return switch (message.getType()) {
            case RSA -> RsaPublicKey.of(data);
            case ED25519 -> Ed25519PublicKey.of(data);
            case SECP256K1 -> Secp256k1PublicKey.of(data);
            case ECDSA -> EcdsaPublicKey.of(data);
        };
    }

    /** The kind of key. */
    KeyType type();

    /**
     * The key alone: 32 bytes for Ed25519, the compressed point of 33 bytes for Secp256k1, else {@code
     * SubjectPublicKeyInfo} in DER.
     */
    byte[] data();

    /** The canonical {@code PublicKey} message, which ids are made from: type and data in this order, nothing else. */
    default byte[] encoded() {
        byte[] data = data();
        byte[] length = Uvarint.encode(data.length);
        return ByteBuffer.allocate(3 + length.length + data.length)
                .put((byte) 0x08)
                .put((byte) type().code())
                .put((byte) 0x12)
                .put(length)
                .put(data)
                .array();
    }

    /** Whether {@code signature} over {@code message} was made by the holder of this key. Any bytes may be given. */
    boolean verify(byte[] message, byte[] signature);
}
