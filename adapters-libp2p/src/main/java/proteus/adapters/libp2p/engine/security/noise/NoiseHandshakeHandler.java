package proteus.adapters.libp2p.engine.security.noise;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.Arrays;
import java.util.Optional;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecureSession;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/**
 * One handshake. When it is done, its place is taken by the two handlers of the transport phase; when it has failed, it
 * stays and drops what comes.
 */
final class NoiseHandshakeHandler extends ChannelInboundHandlerAdapter {

    private enum State {
        /** The remote's first message is awaited, which is the first or the second of the handshake. */
        FIRST_AWAITED,
        /** The third message of the handshake is awaited. */
        THIRD_AWAITED,
        DONE,
        FAILED
    }

    private final NoiseProtocol protocol;
    private final Role role;
    private final Optional<PeerId> expected;
    private final XxHandshake handshake;
    private final FrameReader frames = new FrameReader();
    private State state = State.FIRST_AWAITED;
    private ByteBuf received = Unpooled.EMPTY_BUFFER;
    private boolean reading;

    NoiseHandshakeHandler(NoiseProtocol protocol, Role role, Optional<PeerId> expected, XxHandshake handshake) {
        this.protocol = protocol;
        this.role = role;
        this.expected = expected;
        this.handshake = handshake;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (role == Role.DIALLER) {
            send(ctx, handshake.writeFirst(new byte[0]));
            ctx.flush();
        }
        ask(ctx);
    }

    private static void ask(ChannelHandlerContext ctx) {
        if (!ctx.channel().config().isAutoRead()) {
            ctx.read();
        }
    }

    private static void send(ChannelHandlerContext ctx, byte[] message) {
        ByteBuf frame = ctx.alloc().ioBuffer(Short.BYTES + message.length);
        var _ = ctx.write(frame.writeShort(message.length).writeBytes(message));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
            return;
        }
        if (state == State.FAILED) {
            bytes.release();
            return;
        }
        received = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), received, bytes);
        if (reading) {
            // The receiver of our event has made the channel deliver more; that must stay behind what we hold.
            return;
        }
        reading = true;
        try {
            readAll(ctx);
        } catch (SecurityFailedException failure) {
            fail(ctx, failure);
        } catch (RuntimeException | Error ours) {
            state = State.FAILED;
            throw ours;
        } finally {
            reading = false;
            drop();
        }
        ctx.flush();
    }

    private void readAll(ChannelHandlerContext ctx) throws SecurityFailedException {
        byte[] message = protocol.staging().get();
        while (awaiting()) {
            int length = frames.next(
                    ctx.alloc(),
                    received,
                    message,
                    leastBytes(),
                    protocol.settings().maxHandshakeBytes());
            if (length == FrameReader.NONE) {
                return;
            }
            take(ctx, Arrays.copyOf(message, length));
        }
        if (state == State.DONE) {
            leave(ctx);
        }
    }

    private boolean awaiting() {
        return state == State.FIRST_AWAITED || state == State.THIRD_AWAITED;
    }

    private int leastBytes() {
        if (state == State.THIRD_AWAITED) {
            return XxHandshake.THIRD_BYTES;
        }
        return switch (role) {
            case DIALLER -> XxHandshake.SECOND_BYTES;
            case LISTENER -> XxHandshake.FIRST_BYTES;
        };
    }

    private void take(ChannelHandlerContext ctx, byte[] message) throws SecurityFailedException {
        if (state == State.THIRD_AWAITED) {
            finish(ctx, check(handshake.readThird(message)));
            return;
        }
        switch (role) {
            case DIALLER -> {
                // Checked before the third message tells the remote who we are.
                SecureSession session = check(handshake.readSecond(message));
                send(ctx, handshake.writeThird(protocol.payload()));
                finish(ctx, session);
            }
            case LISTENER -> {
                HandshakePayload.requireEmpty(handshake.readFirst(message));
                send(ctx, handshake.writeSecond(protocol.payload()));
                state = State.THIRD_AWAITED;
            }
        }
    }

    private SecureSession check(byte[] bytes) throws SecurityFailedException {
        HandshakePayload payload = HandshakePayload.decode(bytes, handshake.remoteStatic());
        PeerId remote = PeerId.of(payload.identity());
        if (expected.isPresent() && !expected.get().equals(remote)) {
            throw new SecurityFailedException(Reason.WRONG_PEER, "expected " + expected.get() + ", met " + remote);
        }
        Optional<String> muxer = switch (role) {
            case DIALLER -> HandshakePayload.chooseMuxer(protocol.muxers(), payload.muxers());
            case LISTENER -> HandshakePayload.chooseMuxer(payload.muxers(), protocol.muxers());
        };
        return new SecureSession(protocol.id(), payload.identity(), remote, muxer);
    }

    private void finish(ChannelHandlerContext ctx, SecureSession session) {
        state = State.DONE;
        XxHandshake.TransportCiphers ciphers = handshake.split(role);
        Staging staging = protocol.staging();
        NoiseEncryptor encryptor = new NoiseEncryptor(
                ciphers.outbound(), staging, protocol.settings().maxPlaintextBytes());
        ctx.pipeline()
                .addAfter(ctx.name(), null, encryptor)
                .addAfter(ctx.name(), null, new NoiseDecryptor(ciphers.inbound(), staging));
        ctx.fireUserEventTriggered(session);
    }

    private void leave(ChannelHandlerContext ctx) {
        ByteBuf readAhead = received;
        received = Unpooled.EMPTY_BUFFER;
        if (!ctx.isRemoved()) {
            ctx.pipeline().remove(this);
        }
        if (readAhead.isReadable()) {
            ctx.fireChannelRead(readAhead);
        } else {
            readAhead.release();
        }
    }

    private void fail(ChannelHandlerContext ctx, SecurityFailedException failure) {
        if (awaiting()) {
            state = State.FAILED;
            ctx.fireExceptionCaught(failure);
        }
    }

    private void closed(ChannelHandlerContext ctx) {
        fail(ctx, new SecurityFailedException(Reason.CLOSED, "the remote ended it before the handshake was done"));
    }

    private void drop() {
        received.release();
        received = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        if (awaiting()) {
            ask(ctx);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            closed(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closed(ctx);
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (awaiting()) {
            state = State.FAILED;
        }
        frames.release();
    }
}
