package proteus.adapters.libp2p.engine.security.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.ALICE;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.BOB;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.framed;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.noise;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.unframed;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.security.noise.proto.NoiseMessages.NoiseExtensions;
import proteus.adapters.libp2p.engine.security.noise.proto.NoiseMessages.NoiseHandshakePayload;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/** A remote whose Noise is right and whose payload is not: it plays Bob to a dialling Alice, or Alice to a listening Bob. */
final class NoisePayloadTest {

    private final long seed = new Random().nextLong();
    private final RandomGenerator random = new Random(seed);
    private final DhKey staticKey = DhKey.generate(new SecureRandom());
    private final XxHandshake remote = XxHandshake.begin(staticKey, new SecureRandom());
    private Upgrader local = new Upgrader();

    @AfterEach
    void everythingIsReleased() {
        local.close();
    }

    /** What Alice makes of {@code payload} in the second message. */
    private Upgrader alicesView(byte[] payload) throws SecurityFailedException {
        local.secure(noise(ALICE, "/yamux/1.0.0"), Role.DIALLER, Optional.of(BOB.peerId()));
        remote.readFirst(unframed(local.sent()));
        local.arrive(framed(remote.writeSecond(payload)));
        return local;
    }

    /** What Bob makes of {@code payload} in the third message. */
    private Upgrader bobsView(byte[] payload) throws SecurityFailedException {
        local.secure(noise(BOB), Role.LISTENER, Optional.empty());
        local.arrive(framed(remote.writeFirst(new byte[0])));
        remote.readSecond(unframed(local.sent()));
        local.arrive(framed(remote.writeThird(payload)));
        return local;
    }

    private static NoiseHandshakePayload.Builder payload(Identity claimed, Identity signer, byte[] signedKey) {
        byte[] domain = "noise-libp2p-static-key:".getBytes(StandardCharsets.US_ASCII);
        byte[] message = ByteString.copyFrom(domain)
                .concat(ByteString.copyFrom(signedKey))
                .toByteArray();
        return NoiseHandshakePayload.newBuilder()
                .setIdentityKey(ByteString.copyFrom(claimed.publicKey().encoded()))
                .setIdentitySig(ByteString.copyFrom(signer.sign(message)));
    }

    @Test
    void aRightPayloadIsAccepted() throws SecurityFailedException {
        assertThat(alicesView(payload(BOB, BOB, staticKey.publicKey()).build().toByteArray())
                        .session()
                        .remotePeer())
                .isEqualTo(BOB.peerId());
    }

    @Test
    void aSignatureByAnotherIdentityIsNotAccepted() throws SecurityFailedException {
        byte[] forged = payload(BOB, ALICE, staticKey.publicKey()).build().toByteArray();

        assertThat(alicesView(forged).reason()).isEqualTo(Reason.UNAUTHENTIC);
        assertThat(local.sent()).isEmpty();
    }

    /** CVE-2022-24759: who stands in between has its own static key, and the signature of the real one. */
    @Test
    void aSignatureOverAnotherStaticKeyIsNotAcceptedByTheDialler() throws SecurityFailedException {
        byte[] replayed = payload(BOB, BOB, DhKey.generate(new SecureRandom()).publicKey())
                .build()
                .toByteArray();

        assertThat(alicesView(replayed).reason()).isEqualTo(Reason.UNAUTHENTIC);
        assertThat(local.secured()).isFalse();
    }

    /** CVE-2022-24759, the other way round. */
    @Test
    void aSignatureOverAnotherStaticKeyIsNotAcceptedByTheListener() throws SecurityFailedException {
        byte[] replayed = payload(
                        ALICE, ALICE, DhKey.generate(new SecureRandom()).publicKey())
                .build()
                .toByteArray();

        assertThat(bobsView(replayed).reason()).isEqualTo(Reason.UNAUTHENTIC);
        assertThat(local.secured()).isFalse();
    }

    @Test
    void aPayloadWithoutSignatureIsNotAccepted() throws SecurityFailedException {
        byte[] unsigned = payload(ALICE, ALICE, staticKey.publicKey())
                .clearIdentitySig()
                .build()
                .toByteArray();

        assertThat(bobsView(unsigned).reason()).isEqualTo(Reason.UNAUTHENTIC);
    }

    @Test
    void aPayloadWithoutKeyIsNotAccepted() throws SecurityFailedException {
        assertThat(bobsView(new byte[0]).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void garbageIsNoPayload() throws SecurityFailedException {
        byte[] garbage = new byte[random.nextInt(1, 300)];
        random.nextBytes(garbage);

        assertThat(bobsView(garbage).reason()).as("seed %d", seed).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void damagedPayloadsAreNeverAccepted() throws SecurityFailedException {
        byte[] right = payload(ALICE, ALICE, staticKey.publicKey()).build().toByteArray();
        for (int i = 0; i < 500; i++) {
            byte[] damaged = right.clone();
            int at = random.nextInt(damaged.length);
            damaged[at] ^= (byte) random.nextInt(1, 256);
            try {
                HandshakePayload read = HandshakePayload.decode(damaged, staticKey.publicKey());
                // Only what nothing protects may differ, and it must not change who the remote is.
                assertThat(read.identity().encoded())
                        .as("byte %d, seed %d", at, seed)
                        .isEqualTo(ALICE.publicKey().encoded());
            } catch (SecurityFailedException refused) {
                assertThat(refused.reason())
                        .as("byte %d, seed %d", at, seed)
                        .isIn(Reason.MALFORMED, Reason.UNAUTHENTIC);
            }
        }
    }

    @Test
    void unknownFieldsAreIgnored() throws SecurityFailedException {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(
                        3,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("retired"))
                                .build())
                .addField(1000, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        byte[] extended = payload(BOB, BOB, staticKey.publicKey())
                .setUnknownFields(unknown)
                .setExtensions(NoiseExtensions.newBuilder()
                        .addWebtransportCerthashes(ByteString.copyFromUtf8("hash"))
                        .addStreamMuxers("/yamux/1.0.0")
                        .setUnknownFields(UnknownFieldSet.newBuilder()
                                .addField(
                                        1000,
                                        UnknownFieldSet.Field.newBuilder()
                                                .addVarint(1)
                                                .build())
                                .build()))
                .build()
                .toByteArray();

        assertThat(alicesView(extended).session().earlyMuxer()).contains("/yamux/1.0.0");
    }

    @Test
    void anythingSaidInTheFirstMessageIsRefused() throws SecurityFailedException {
        local.secure(noise(BOB), Role.LISTENER, Optional.empty());

        local.arrive(framed(remote.writeFirst(
                payload(ALICE, ALICE, staticKey.publicKey()).build().toByteArray())));

        assertThat(local.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(local.sent()).isEmpty();
    }

    @Test
    void theOwnPayloadHasTheLengthThatItHasElsewhere() throws SecurityFailedException {
        byte[] encoded = HandshakePayload.encode(ALICE, staticKey.publicKey(), List.of());

        assertThat(encoded).hasSize(104);
        assertThat(HandshakePayload.decode(encoded, staticKey.publicKey()).muxers())
                .isEmpty();
    }
}
