package proteus.adapters.libp2p.engine.security.noise;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecureSession;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;

/** Looks for bytes that make a handshake, of either side, or what follows it do anything but fail as it may, or wait. */
class NoiseFuzzTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final NoiseProtocol NOISE =
            new NoiseProtocol(Identity.generate(RANDOM), List.of("/yamux/1.0.0"), RANDOM);

    @FuzzTest(maxDuration = "60s")
    void anyBytesFailOrWait(byte[] bytes) {
        if (bytes.length < 2) {
            return;
        }
        Judge judge = new Judge();
        EmbeddedChannel channel = new EmbeddedChannel(judge);
        ChannelHandlerContext upgrader = channel.pipeline().context(judge);
        switch (bytes[0] & 3) {
            case 0 -> NOISE.secure(upgrader, Role.DIALLER, Optional.empty());
            case 1 -> NOISE.secure(upgrader, Role.LISTENER, Optional.empty());
            default ->
                channel.pipeline()
                        .addBefore(
                                upgrader.name(),
                                null,
                                new NoiseDecryptor(new CipherState(new byte[32]), NOISE.staging()));
        }
        List<ByteBuf> parts = new ArrayList<>();
        int piece = 1 + (bytes[1] & 0xFF);
        for (int at = 2; at < bytes.length; at += piece) {
            ByteBuf part = Unpooled.copiedBuffer(bytes, at, Math.min(piece, bytes.length - at));
            parts.add(part);
            channel.writeInbound(part);
        }
        channel.finishAndReleaseAll();
        if (parts.stream().anyMatch(part -> part.refCnt() != 0)) {
            throw new AssertionError("a buffer that was not released");
        }
    }

    private static final class Judge extends ChannelInboundHandlerAdapter {

        private int failures;

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SecureSession session) {
                throw new AssertionError("forged: " + session);
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ((ByteBuf) message).release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            failures++;
            if (!(cause instanceof SecurityFailedException) || failures > 1) {
                throw new AssertionError("failure " + failures, cause);
            }
        }
    }
}
