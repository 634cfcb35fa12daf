package proteus.adapters.libp2p.engine.security.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.converse;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.dialler;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.framed;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.inPieces;
import static proteus.adapters.libp2p.engine.security.noise.Hosts.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

final class NoiseTransportTest {

    private static final int OVERHEAD = 2 + CipherState.TAG_BYTES;

    private final long seed = new Random().nextLong();
    private final RandomGenerator random = new Random(seed);
    private final Upgrader alice = dialler();
    private final Upgrader bob = listener();
    private final List<ByteBuf> written = new ArrayList<>();

    @BeforeEach
    void shakeHands() {
        converse(alice, bob);
    }

    @AfterEach
    void everythingIsReleased() {
        alice.close();
        bob.close();
        assertThat(written).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
    }

    private ByteBuf buffer(byte[] bytes) {
        ByteBuf buffer = switch (random.nextInt(3)) {
            case 0 -> Unpooled.copiedBuffer(bytes);
            case 1 -> Unpooled.directBuffer(Math.max(1, bytes.length)).writeBytes(bytes);
            default ->
                Unpooled.wrappedBuffer(
                        Unpooled.copiedBuffer(bytes, 0, bytes.length / 2),
                        Unpooled.copiedBuffer(bytes, bytes.length / 2, bytes.length - bytes.length / 2));
        };
        if (bytes.length > 0) {
            written.add(buffer);
        }
        return buffer;
    }

    private ChannelFuture write(Upgrader from, String text) {
        return from.channel().write(buffer(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String seen(Upgrader by) {
        return new String(by.plaintext(), StandardCharsets.UTF_8);
    }

    private byte[] sealed(Upgrader from, String text) {
        var _ = write(from, text);
        from.channel().flush();
        return from.sent();
    }

    @Test
    void aMebibyteArrivesAsItWasWrittenHoweverItIsCut() {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        List<ChannelFuture> promises = new ArrayList<>();
        while (expected.size() < 1 << 20) {
            byte[] bytes = new byte[random.nextInt(5) == 0 ? random.nextInt(200_000) : random.nextInt(2_000)];
            random.nextBytes(bytes);
            expected.writeBytes(bytes);
            promises.add(alice.channel().write(buffer(bytes)));
            if (random.nextInt(4) == 0) {
                alice.channel().flush();
                sent.writeBytes(alice.sent());
            }
        }
        alice.channel().flush();
        sent.writeBytes(alice.sent());

        inPieces(bob, sent.toByteArray(), random, 100_000);

        assertThat(bob.plaintext()).as("seed %d", seed).isEqualTo(expected.toByteArray());
        assertThat(promises).as("seed %d", seed).allMatch(ChannelFuture::isSuccess);
        assertThat(bob.failures()).isEmpty();
    }

    @Test
    void bothDirectionsAreIndependent() {
        byte[] there = sealed(alice, "there");
        byte[] back = sealed(bob, "back");
        bob.arrive(there);
        alice.arrive(back);

        assertThat(seen(bob)).isEqualTo("there");
        assertThat(seen(alice)).isEqualTo("back");
    }

    @Test
    void bytesMayComeOneByOne() {
        byte[] sealed = sealed(alice, "slowly");

        inPieces(bob, sealed, random, 1);

        assertThat(seen(bob)).isEqualTo("slowly");
    }

    @Test
    void writesUpToAFlushBecomeOneMessage() {
        ChannelFuture first = write(alice, "one ");
        ChannelFuture second = write(alice, "mess");
        ChannelFuture third = write(alice, "age");
        assertThat(first.isDone()).isFalse();
        assertThat(alice.sent()).isEmpty();

        alice.channel().flush();

        byte[] sent = alice.sent();
        assertThat(sent).hasSize(OVERHEAD + 11);
        assertThat(List.of(first, second, third)).allMatch(ChannelFuture::isSuccess);
        bob.arrive(sent);
        assertThat(seen(bob)).isEqualTo("one message");
        assertThat(bob.reads()).isOne();
    }

    @Test
    void aLongWriteBecomesMessagesOf64KibibytesWithTheirLength() {
        alice.channel().writeOutbound(buffer(new byte[2 * 65_518 + 1]));

        byte[] sent = alice.sent();

        assertThat(sent).hasSize(2 * 65_536 + OVERHEAD + 1);
        bob.arrive(sent);
        assertThat(bob.reads()).isEqualTo(3);
    }

    @Test
    void aWriteOfNothingIsDoneWithoutAMessage() {
        ChannelFuture nothing = write(alice, "");

        alice.channel().flush();

        assertThat(nothing.isSuccess()).isTrue();
        assertThat(alice.sent()).isEmpty();
    }

    @Test
    void waitingBytesCountTowardsWritability() {
        EmbeddedChannel channel = alice.channel();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1_000, 10_000));

        var _ = channel.write(buffer(new byte[20_000]));
        assertThat(channel.isWritable()).isFalse();

        channel.flush();
        channel.runPendingTasks();
        assertThat(channel.isWritable()).isTrue();
    }

    @Test
    void whatWaitsWhenTheChannelClosesHasFailed() {
        ChannelFuture waiting = write(alice, "too late");

        alice.channel().close();
        alice.channel().runPendingTasks();

        assertThat(waiting.cause()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aWrongTagIsAFailureOnceAndNothingFollows() {
        byte[] first = sealed(alice, "first");
        byte[] second = sealed(alice, "second");
        byte[] third = sealed(alice, "third");
        second[random.nextInt(2, second.length)] ^= (byte) (1 << random.nextInt(8));

        bob.arrive(Unpooled.wrappedBuffer(first, second, third).copy().array());
        bob.arrive(third);

        assertThat(seen(bob)).as("seed %d", seed).isEqualTo("first");
        assertThat(bob.reason()).as("seed %d", seed).isEqualTo(Reason.UNAUTHENTIC);
    }

    @Test
    void aMessageDoesNotCountTwice() {
        byte[] message = sealed(alice, "once");

        bob.arrive(message);
        bob.arrive(message);

        assertThat(seen(bob)).isEqualTo("once");
        assertThat(bob.reason()).isEqualTo(Reason.UNAUTHENTIC);
    }

    @Test
    void messagesDoNotChangePlaces() {
        byte[] first = sealed(alice, "first");
        byte[] second = sealed(alice, "second");

        bob.arrive(second);
        bob.arrive(first);

        assertThat(seen(bob)).isEmpty();
        assertThat(bob.reason()).isEqualTo(Reason.UNAUTHENTIC);
    }

    @Test
    void theOwnMessageIsNotTheRemotes() {
        alice.arrive(sealed(alice, "mirror"));

        assertThat(alice.reason()).isEqualTo(Reason.UNAUTHENTIC);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15})
    void aMessageWithoutRoomForItsTagIsAFault(int length) {
        bob.arrive(framed(new byte[length]));

        assertThat(bob.reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void anEmptyMessageIsReadAndTellsNothing() throws SecurityFailedException {
        CipherState sender = new CipherState(new byte[32]);
        Upgrader receiver = new Upgrader();
        receiver.channel().pipeline().addFirst(new NoiseDecryptor(new CipherState(new byte[32]), new Staging()));
        byte[] empty = new byte[CipherState.TAG_BYTES];
        sender.encrypt(new byte[0], empty, 0, 0, empty, 0);
        byte[] full = {7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        sender.encrypt(new byte[0], full, 0, 1, full, 0);

        receiver.arrive(framed(empty));
        receiver.arrive(framed(full));

        assertThat(receiver.plaintext()).containsExactly(7);
        assertThat(receiver.reads()).isOne();
        receiver.close();
    }

    @Test
    void theLastNonceIsNotUsedForSending() {
        Upgrader sender = new Upgrader();
        sender.channel().pipeline().addFirst(new NoiseEncryptor(new CipherState(new byte[32], -2), new Staging(), 100));

        ChannelFuture last = sender.channel().writeAndFlush(buffer(new byte[1]));
        ChannelFuture beyond = sender.channel().writeAndFlush(buffer(new byte[1]));
        sender.channel().runPendingTasks();

        assertThat(last.isSuccess()).isTrue();
        assertThat(beyond.cause()).isInstanceOf(SecurityFailedException.class);
        assertThat(sender.reason()).isEqualTo(Reason.CLOSED);
        assertThat(sender.channel().isOpen()).isFalse();
        sender.close();
    }

    @Test
    void theLastNonceIsNotAcceptedEither() {
        CipherState remote = new CipherState(new byte[32], -2);
        byte[] last = new byte[CipherState.TAG_BYTES + 1];
        remote.encrypt(new byte[0], last, 0, 1, last, 0);
        Upgrader receiver = new Upgrader();
        receiver.channel().pipeline().addFirst(new NoiseDecryptor(new CipherState(new byte[32], -2), new Staging()));

        receiver.arrive(framed(last));
        receiver.arrive(framed(last));

        assertThat(receiver.reads()).isOne();
        assertThat(receiver.reason()).isEqualTo(Reason.CLOSED);
        receiver.close();
    }

    @Test
    void anErrorIsNotSwallowed() {
        byte[] message = sealed(alice, "no room for this");
        bob.channel().config().setAllocator(new FullMemory());

        bob.arrive(message);
        bob.arrive(message);

        assertThat(bob.failures()).singleElement().isInstanceOf(OutOfMemoryError.class);
        assertThat(bob.plaintext()).isEmpty();
    }

    @Test
    void anErrorFailsTheWriteToo() {
        alice.channel().config().setAllocator(new FullMemory());

        ChannelFuture refused = write(alice, "no room for this");
        alice.channel().flush();

        assertThat(refused.cause()).isInstanceOf(OutOfMemoryError.class);
        assertThat(alice.failures()).singleElement().isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void bytesThatArriveWhilePlaintextIsHandledStayInOrder() {
        byte[] first = sealed(alice, "first, ");
        byte[] second = sealed(alice, "second, ");
        byte[] third = sealed(alice, "third");
        EmbeddedChannel channel = bob.channel();
        channel.pipeline().addFirst("first", new ChannelInboundHandlerAdapter());
        channel.pipeline()
                .addAfter(
                        channel.pipeline().context(NoiseDecryptor.class).name(),
                        "reads",
                        new ChannelInboundHandlerAdapter() {
                            private boolean delivered;

                            @Override
                            public void channelRead(ChannelHandlerContext ctx, Object message) {
                                if (!delivered) {
                                    delivered = true;
                                    ctx.pipeline().context("first").fireChannelRead(Unpooled.wrappedBuffer(third));
                                }
                                ctx.fireChannelRead(message);
                            }
                        });

        channel.writeInbound(Unpooled.buffer().writeBytes(first).writeBytes(second));

        assertThat(seen(bob)).isEqualTo("first, second, third");
    }

    @Test
    void nothingIsDecryptedAfterAHandlerHasClosedTheChannel() {
        byte[] first = sealed(alice, "first");
        byte[] second = sealed(alice, "second");
        bob.channel()
                .pipeline()
                .addAfter(
                        bob.channel().pipeline().context(NoiseDecryptor.class).name(),
                        "closes",
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext ctx, Object message) {
                                ctx.fireChannelRead(message);
                                ctx.pipeline().remove(NoiseDecryptor.class);
                            }
                        });

        bob.arrive(Unpooled.wrappedBuffer(first, second).copy().array());

        assertThat(seen(bob)).isEqualTo("first");
        assertThat(bob.failures()).isEmpty();
    }

    @Test
    void whereReadsAreManualAnUnfinishedMessageIsReadOn() {
        ReadCounter reads = new ReadCounter();
        bob.channel().pipeline().addFirst(reads);
        bob.channel().config().setAutoRead(false);
        byte[] message = sealed(alice, "whole");

        bob.arrive(Arrays.copyOf(message, 10));
        assertThat(reads.count).isOne();

        bob.arrive(Arrays.copyOfRange(message, 10, message.length));
        assertThat(reads.count).isOne();
    }

    private static final class ReadCounter extends ChannelOutboundHandlerAdapter {

        private int count;

        @Override
        public void read(ChannelHandlerContext ctx) {
            count++;
            ctx.read();
        }
    }
}
