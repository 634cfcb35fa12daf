package proteus.adapters.libp2p.engine.security.noise;

import io.netty.channel.ChannelHandlerContext;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecurityProtocol;

/**
 * The security protocol {@code /noise}, with a static key that lives as long as this object.
 *
 * <p>The cryptography of a handshake, one to two milliseconds, and that of the transport run on the channel's event loop.
 */
public final class NoiseProtocol implements SecurityProtocol {

    /** The protocol id. */
    public static final String ID = "/noise";

    private final DhKey staticKey;
    private final byte[] payload;
    private final List<String> muxers;
    private final SecureRandom random;
    private final NoiseSettings settings;
    private final Staging staging = new Staging();

    /**
     * The protocol for one host.
     *
     * @param identity who the host is
     * @param muxers the protocol ids of multiplexers to offer within the handshake, the preferred first; if empty, the
     *     handshake never chooses one
     * @param random where keys come from; safe for use by many threads
     */
    public NoiseProtocol(Identity identity, List<String> muxers, SecureRandom random, NoiseSettings settings) {
        this.muxers = List.copyOf(muxers);
        this.random = random;
        this.settings = settings;
        staticKey = DhKey.generate(random);
        payload = HandshakePayload.encode(identity, staticKey.publicKey(), this.muxers);
    }

    /** The protocol for one host, with the standard sizes. */
    public NoiseProtocol(Identity identity, List<String> muxers, SecureRandom random) {
        this(identity, muxers, random, NoiseSettings.STANDARD);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public void secure(ChannelHandlerContext upgrader, Role role, Optional<PeerId> expected) {
        XxHandshake handshake = XxHandshake.begin(staticKey, random);
        upgrader.pipeline()
                .addBefore(upgrader.name(), null, new NoiseHandshakeHandler(this, role, expected, handshake));
    }

    byte[] payload() {
        return payload.clone();
    }

    List<String> muxers() {
        return muxers;
    }

    NoiseSettings settings() {
        return settings;
    }

    Staging staging() {
        return staging;
    }
}
