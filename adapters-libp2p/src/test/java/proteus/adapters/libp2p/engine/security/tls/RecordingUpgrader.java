package proteus.adapters.libp2p.engine.security.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecureSession;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityProtocol;

/** Secures its channel when that is active, and keeps what it is told, in order, as text or as it came. */
final class RecordingUpgrader extends ChannelInboundHandlerAdapter {

    final List<Object> told = new CopyOnWriteArrayList<>();

    private final SecurityProtocol protocol;
    private final Role role;
    private final Optional<PeerId> expected;
    private final Optional<String> greeting;

    /** Writes {@code greeting}, if there is one, as soon as the channel is secured. */
    RecordingUpgrader(SecurityProtocol protocol, Role role, Optional<PeerId> expected, Optional<String> greeting) {
        this.protocol = protocol;
        this.role = role;
        this.expected = expected;
        this.greeting = greeting;
    }

    SecureSession session() {
        return told.stream()
                .filter(SecureSession.class::isInstance)
                .map(SecureSession.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no session but " + told));
    }

    SecurityFailedException failure() {
        return told.stream()
                .filter(SecurityFailedException.class::isInstance)
                .map(SecurityFailedException.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no failure but " + told));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        protocol.secure(ctx, role, expected);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        told.add(event);
        if (event instanceof SecureSession) {
            greeting.ifPresent(
                    text -> ctx.writeAndFlush(ctx.alloc().buffer().writeBytes(text.getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        told.add(bytes.toString(StandardCharsets.UTF_8));
        bytes.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        told.add(cause);
    }
}
