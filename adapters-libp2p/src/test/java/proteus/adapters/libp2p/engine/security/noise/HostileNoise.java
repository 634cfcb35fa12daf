package proteus.adapters.libp2p.engine.security.noise;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityProtocol;

/** A dialler that shakes hands as it should, but says of itself what it likes. */
public final class HostileNoise implements SecurityProtocol {

    private final SecureRandom random = new SecureRandom();
    private final Function<byte[], byte[]> payload;

    /** One that sends what {@code payload} makes of its static key. */
    public HostileNoise(Function<byte[], byte[]> payload) {
        this.payload = payload;
    }

    @Override
    public String id() {
        return NoiseProtocol.ID;
    }

    @Override
    public void secure(ChannelHandlerContext upgrader, Role role, Optional<PeerId> expected) {
        DhKey staticKey = DhKey.generate(random);
        XxHandshake handshake = XxHandshake.begin(staticKey, random);
        upgrader.pipeline().addBefore(upgrader.name(), null, new ByteToMessageDecoder() {
            @Override
            public void handlerAdded(ChannelHandlerContext ctx) {
                send(ctx, handshake.writeFirst(new byte[0]));
            }

            @Override
            protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
                    throws SecurityFailedException {
                if (in.readableBytes() < 2 || in.readableBytes() < 2 + in.getUnsignedShort(in.readerIndex())) {
                    return;
                }
                handshake.readSecond(ByteBufUtil.getBytes(in.readBytes(in.readUnsignedShort())));
                send(ctx, handshake.writeThird(payload.apply(staticKey.publicKey())));
            }

            private static void send(ChannelHandlerContext ctx, byte[] message) {
                ctx.writeAndFlush(
                        ctx.alloc().buffer().writeShort(message.length).writeBytes(message));
            }
        });
    }
}
