package proteus.adapters.libp2p.engine.security.noise;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecureSession;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/** One end of a connection: the handler that drives the upgrade, on a channel of its own. It notes what it is told. */
final class Upgrader extends ChannelInboundHandlerAdapter {

    private final EmbeddedChannel channel;
    private final List<SecureSession> sessions = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
    private int reads;

    Upgrader() {
        channel = new EmbeddedChannel(this);
    }

    static Upgrader secured(NoiseProtocol protocol, Role role, Optional<PeerId> expected) {
        Upgrader upgrader = new Upgrader();
        upgrader.secure(protocol, role, expected);
        return upgrader;
    }

    void secure(NoiseProtocol protocol, Role role, Optional<PeerId> expected) {
        protocol.secure(channel.pipeline().context(this), role, expected);
    }

    EmbeddedChannel channel() {
        return channel;
    }

    /** The one session. */
    SecureSession session() {
        if (sessions.size() != 1 || !failures.isEmpty()) {
            throw new AssertionError("sessions " + sessions + ", failures " + failures);
        }
        return sessions.getFirst();
    }

    boolean secured() {
        return !sessions.isEmpty();
    }

    List<Throwable> failures() {
        return failures;
    }

    /** Why the one failure. */
    Reason reason() {
        if (failures.size() != 1 || !(failures.getFirst() instanceof SecurityFailedException failure)) {
            throw new AssertionError("failures " + failures);
        }
        return failure.reason();
    }

    byte[] plaintext() {
        return plaintext.toByteArray();
    }

    /** How many buffers of plaintext there were. */
    int reads() {
        return reads;
    }

    /** All that was flushed since the last call. */
    byte[] sent() {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            sent.writeBytes(ByteBufUtil.getBytes(bytes));
            bytes.release();
        }
        return sent.toByteArray();
    }

    void arrive(byte[] bytes) {
        if (bytes.length > 0) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes));
        }
    }

    void close() {
        channel.finishAndReleaseAll();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SecureSession session) {
            if (plaintext.size() > 0) {
                throw new AssertionError("plaintext before the session");
            }
            sessions.add(session);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        plaintext.writeBytes(ByteBufUtil.getBytes(bytes));
        bytes.release();
        reads++;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failures.add(cause);
    }
}
