package proteus.adapters.libp2p.engine.attack;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.HexFormat;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.security.noise.proto.NoiseMessages.NoiseHandshakePayload;

/** Keys that other implementations fell to, and what claims them. */
final class HostileKeys {

    private HostileKeys() {}

    /** RSA, of which the outermost length is 4 GiB. */
    static byte[] lengthBeyondItsEnd() {
        return HexFormat.of().parseHex("0800" + "1206" + "3084ffffffff");
    }

    /** An RSA key that takes long to verify with. */
    static byte[] rsa(int bits) {
        BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
        try {
            byte[] der = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537)))
                    .getEncoded();
            String head = "080012%02x%02x".formatted(der.length & 127 | 128, der.length >> 7);
            return ByteString.copyFrom(HexFormat.of().parseHex(head))
                    .concat(ByteString.copyFrom(der))
                    .toByteArray();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static byte[] payload(byte[] key, byte[] signature) {
        return NoiseHandshakePayload.newBuilder()
                .setIdentityKey(ByteString.copyFrom(key))
                .setIdentitySig(ByteString.copyFrom(signature))
                .build()
                .toByteArray();
    }

    /** The payload of {@code victim}'s, with a signature by {@code attacker}. */
    static byte[] signedByAnother(Identity victim, Identity attacker, byte[] staticKey) {
        return payload(victim.publicKey().encoded(), attacker.sign(signed(staticKey)));
    }

    /** The right key with its right signature, but over the static key of another handshake. */
    static byte[] ofAnotherHandshake(Identity identity, byte[] staticKey) {
        byte[] other = staticKey.clone();
        other[0] ^= 1;
        return payload(identity.publicKey().encoded(), identity.sign(signed(other)));
    }

    private static byte[] signed(byte[] staticKey) {
        return ByteString.copyFrom("noise-libp2p-static-key:", StandardCharsets.US_ASCII)
                .concat(ByteString.copyFrom(staticKey))
                .toByteArray();
    }
}
