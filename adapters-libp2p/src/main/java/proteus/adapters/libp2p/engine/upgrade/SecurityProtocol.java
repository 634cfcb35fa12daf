package proteus.adapters.libp2p.engine.upgrade;

import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;
import proteus.adapters.libp2p.engine.identity.PeerId;

/**
 * A protocol that puts a secure and authenticated channel on a raw one, such as {@code /noise}.
 *
 * <p>Safe for use by many threads; one instance serves every connection.
 */
public interface SecurityProtocol {

    /** The protocol id that multistream-select negotiates. */
    String id();

    /**
     * Adds the handlers of one handshake directly before {@code upgrader}, and starts it.
     *
     * <p>When the handshake is done and the remote is who it should be, {@code upgrader} gets a {@link SecureSession} as
     * a user event, before the first plaintext byte; from then on plaintext {@code ByteBuf}s flow between the two. When
     * it fails, {@code upgrader} gets a {@link SecurityFailedException} as caught exception, once, and no byte ever;
     * closing the channel is the upgrader's part. To be called on the channel's event loop, with the channel active.
     *
     * @param expected whom the remote must prove to be, if that is known
     */
    void secure(ChannelHandlerContext upgrader, Role role, Optional<PeerId> expected);
}
