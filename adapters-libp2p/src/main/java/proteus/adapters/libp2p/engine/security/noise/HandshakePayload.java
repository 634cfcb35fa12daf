package proteus.adapters.libp2p.engine.security.noise;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.MalformedKeyException;
import proteus.adapters.libp2p.engine.identity.PublicKey;
import proteus.adapters.libp2p.engine.security.noise.proto.NoiseMessages.NoiseExtensions;
import proteus.adapters.libp2p.engine.security.noise.proto.NoiseMessages.NoiseHandshakePayload;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/**
 * What the remote says of itself within the handshake, checked.
 *
 * @param identity the key that has signed the remote's static key
 * @param muxers what multiplexers the remote offers, the preferred first; empty if it does not choose that way
 */
record HandshakePayload(PublicKey identity, List<String> muxers) {

    private static final byte[] SIGNATURE_DOMAIN = "noise-libp2p-static-key:".getBytes(StandardCharsets.US_ASCII);

    /** The own payload: the same in every handshake with {@code staticKey}. */
    static byte[] encode(Identity identity, byte[] staticKey, List<String> muxers) {
        NoiseHandshakePayload.Builder payload = NoiseHandshakePayload.newBuilder()
                .setIdentityKey(ByteString.copyFrom(identity.publicKey().encoded()))
                .setIdentitySig(ByteString.copyFrom(identity.sign(signed(staticKey))));
        if (!muxers.isEmpty()) {
            payload.setExtensions(NoiseExtensions.newBuilder().addAllStreamMuxers(muxers));
        }
        return payload.build().toByteArray();
    }

    /**
     * Reads the payload of a remote that holds {@code staticKey}.
     *
     * @throws SecurityFailedException if it is none, or its identity has not signed the static key
     */
    static HandshakePayload decode(byte[] bytes, byte[] staticKey) throws SecurityFailedException {
        NoiseHandshakePayload payload = parse(bytes);
        PublicKey identity;
        try {
            identity = PublicKey.decode(payload.getIdentityKey().toByteArray());
        } catch (MalformedKeyException broken) {
            throw new SecurityFailedException(Reason.MALFORMED, "no identity key: " + broken.getMessage(), broken);
        }
        if (!identity.verify(signed(staticKey), payload.getIdentitySig().toByteArray())) {
            throw new SecurityFailedException(
                    Reason.UNAUTHENTIC, "the identity has not signed the static key of the handshake");
        }
        return new HandshakePayload(
                identity, List.copyOf(payload.getExtensions().getStreamMuxersList()));
    }

    /**
     * Checks the payload of the first message, which nothing protects.
     *
     * @throws SecurityFailedException if it says anything; rust-libp2p has the same rule
     */
    static void requireEmpty(byte[] bytes) throws SecurityFailedException {
        NoiseHandshakePayload payload = parse(bytes);
        if (payload.hasIdentityKey() || payload.hasIdentitySig() || payload.hasExtensions()) {
            throw new SecurityFailedException(
                    Reason.MALFORMED, "a payload of " + bytes.length + " bytes in the first message");
        }
    }

    /**
     * The multiplexer to use: the first that the initiator offers and the responder has.
     *
     * @return it, or empty if one of them offers none in the handshake
     * @throws SecurityFailedException if both offer some and have none in common
     */
    static Optional<String> chooseMuxer(List<String> initiator, List<String> responder) throws SecurityFailedException {
        if (initiator.isEmpty() || responder.isEmpty()) {
            return Optional.empty();
        }
        for (String muxer : initiator) {
            if (responder.contains(muxer)) {
                return Optional.of(muxer);
            }
        }
        throw new SecurityFailedException(
                Reason.NO_COMMON_MUXER, "none of " + initiator.size() + " multiplexers is among " + responder.size());
    }

    private static NoiseHandshakePayload parse(byte[] bytes) throws SecurityFailedException {
        try {
            return NoiseHandshakePayload.parseFrom(bytes);
        } catch (InvalidProtocolBufferException broken) {
            throw new SecurityFailedException(
                    Reason.MALFORMED, "a payload of " + bytes.length + " bytes: " + broken.getMessage(), broken);
        }
    }

    private static byte[] signed(byte[] staticKey) {
        byte[] message = Arrays.copyOf(SIGNATURE_DOMAIN, SIGNATURE_DOMAIN.length + staticKey.length);
        System.arraycopy(staticKey, 0, message, SIGNATURE_DOMAIN.length, staticKey.length);
        return message;
    }
}
