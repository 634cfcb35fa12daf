package proteus.adapters.libp2p.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.adapters.libp2p.engine.upgrade.HeldEnd;
import proteus.adapters.libp2p.engine.upgrade.StreamMuxer;
import proteus.adapters.libp2p.engine.upgrade.StreamRefusedException;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/** What every {@link StreamMuxer} does. A new one is done when its subclass of this passes. */
@Timeout(60)
public abstract class StreamMuxerContract {

    /** How many streams each side may open, and the other takes. */
    public record Limits(int inbound, int outbound) {}

    private static final Limits AMPLE = new Limits(256, 256);

    private final BlockingQueue<StreamProbe> accepted = new LinkedBlockingQueue<>();
    private MuxerPair pair;

    /** A fresh connection, ready to open streams. The suite closes it. */
    protected abstract MuxerPair connect(Limits limits, ChannelHandler diallerStreams, ChannelHandler listenerStreams);

    private void connect(Limits limits, Supplier<StreamProbe> streams) {
        ChannelHandler initializer = new Accepting(streams, accepted);
        pair = connect(limits, initializer, initializer);
    }

    private void connect(Supplier<StreamProbe> streams) {
        connect(AMPLE, streams);
    }

    @ChannelHandler.Sharable
    private static final class Accepting extends ChannelInitializer<Channel> {

        private final Supplier<StreamProbe> streams;
        private final BlockingQueue<StreamProbe> accepted;

        Accepting(Supplier<StreamProbe> streams, BlockingQueue<StreamProbe> accepted) {
            this.streams = streams;
            this.accepted = accepted;
        }

        @Override
        protected void initChannel(Channel stream) {
            StreamProbe probe = streams.get();
            stream.pipeline().addLast(probe);
            accepted.add(probe);
        }
    }

    @AfterEach
    void closeThePair() {
        pair.close();
    }

    private static DuplexChannel open(StreamMuxer muxer, ChannelHandler handler) throws Exception {
        return muxer.openStream(handler).get(20, TimeUnit.SECONDS);
    }

    private StreamProbe accept() throws InterruptedException {
        StreamProbe probe = accepted.poll(20, TimeUnit.SECONDS);
        assertThat(probe).as("accepted stream").isNotNull();
        return probe;
    }

    private static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private static void write(DuplexChannel stream, byte[] bytes) {
        stream.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    /** The dialler's counter and the listener's follow each other with what is on the way in between. */
    private static void awaitOpenStreams(StreamMuxer muxer, int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (muxer.openStreams() != count && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(muxer.openStreams()).isEqualTo(count);
    }

    /** Goes to the other side and back on a stream of its own, so whatever was on the way before has arrived. */
    private void roundTrip(StreamMuxer muxer) throws Exception {
        StreamProbe probe = StreamProbe.reading();
        DuplexChannel stream = open(muxer, probe);
        write(stream, new byte[1]);
        StreamProbe other = accept();
        other.channel().read();
        other.awaitBytes(1);
        write(other.channel(), new byte[1]);
        probe.awaitBytes(1);
        muxer.reset(stream);
        other.channel().read();
        other.awaitInactive();
    }

    @Test
    void bytesGoThereAndBackInOrder() throws Exception {
        connect(StreamProbe::echoing);
        byte[] bytes = bytes(3_000_000, 1);
        StreamProbe probe = StreamProbe.reading();

        write(open(pair.dialler(), probe), bytes);

        assertThat(probe.awaitBytes(bytes.length)).isEqualTo(bytes);
    }

    @Test
    void theListenerOpensStreamsToo() throws Exception {
        connect(StreamProbe::echoing);
        byte[] bytes = bytes(100_000, 2);
        StreamProbe probe = StreamProbe.reading();

        write(open(pair.listener(), probe), bytes);

        assertThat(probe.awaitBytes(bytes.length)).isEqualTo(bytes);
    }

    @Test
    void aStreamCanBeWrittenToFromItsInitializer() throws Exception {
        connect(StreamProbe::reading);
        byte[] bytes = bytes(10, 3);

        open(pair.dialler(), new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                ctx.writeAndFlush(Unpooled.wrappedBuffer(bytes));
                ctx.fireChannelActive();
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                // The end of the test resets the stream.
            }
        });

        assertThat(accept().awaitBytes(bytes.length)).isEqualTo(bytes);
    }

    @Test
    void aStreamRunsOnTheLoopOfItsConnection() throws Exception {
        connect(StreamProbe::reading);

        DuplexChannel stream = open(pair.dialler(), StreamProbe.reading());

        assertThat(stream.eventLoop()).isSameAs(pair.diallerLoop());
        assertThat(stream.parent().eventLoop()).isSameAs(pair.diallerLoop());
    }

    @Test
    void theOutputEndsAfterWhatWasWrittenBefore() throws Exception {
        connect(StreamProbe::reading);
        byte[] bytes = bytes(1_000_000, 4);
        DuplexChannel stream = open(pair.dialler(), StreamProbe.reading());

        stream.write(Unpooled.wrappedBuffer(bytes));
        stream.shutdownOutput().get(20, TimeUnit.SECONDS);

        StreamProbe other = accept();
        other.awaitEnd();
        assertThat(other.awaitBytes(bytes.length)).isEqualTo(bytes);
        assertThat(other.failures()).isEmpty();
    }

    @Test
    void afterTheEndNothingCanBeWritten() throws Exception {
        connect(StreamProbe::reading);
        DuplexChannel stream = open(pair.dialler(), StreamProbe.reading());
        stream.shutdownOutput().get(20, TimeUnit.SECONDS);

        Future<Void> late = stream.writeAndFlush(Unpooled.wrappedBuffer(new byte[1]));

        assertThat(late.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(late.cause()).isNotNull();
        assertThat(stream.isOutputShutdown()).isTrue();
        assertThat(stream.isInputShutdown()).isFalse();
    }

    @Test
    void theEndWaitsWhileItIsHeldBackAndNothingIsLost() throws Exception {
        connect(StreamProbe::reading);
        byte[] bytes = bytes(100_000, 6);
        DuplexChannel stream = open(pair.dialler(), StreamProbe.reading());
        holdEnd(stream, true);
        write(stream, bytes);
        StreamProbe other = accept();
        other.awaitBytes(bytes.length);

        Future<Void> ended = stream.shutdownOutput();
        roundTrip(pair.dialler());
        assertThat(ended.isDone()).isFalse();
        assertThat(other.hasEnded()).isFalse();

        holdEnd(stream, false);
        ended.get(20, TimeUnit.SECONDS);
        other.awaitEnd();
        assertThat(other.awaitBytes(bytes.length)).isEqualTo(bytes);
        assertThat(other.failures()).isEmpty();
    }

    /** A multiplexer may hold the last bytes back with the end; all others go out. */
    @Test
    void anEndThatIsAskedForWithTheLastBytesWaitsAsWell() throws Exception {
        connect(StreamProbe::reading);
        byte[] first = bytes(100_000, 7);
        byte[] last = bytes(100_000, 8);
        DuplexChannel stream = open(pair.dialler(), StreamProbe.reading());
        holdEnd(stream, true);

        stream.eventLoop().execute(() -> {
            write(stream, first);
            write(stream, last);
            stream.shutdownOutput();
        });
        StreamProbe other = accept();
        other.awaitBytes(first.length);
        roundTrip(pair.dialler());
        assertThat(other.hasEnded()).isFalse();

        holdEnd(stream, false);
        other.awaitEnd();
        assertThat(other.awaitBytes(first.length + last.length))
                .startsWith(first)
                .endsWith(last);
        assertThat(other.receivedBytes()).isEqualTo(first.length + last.length);
        assertThat(other.failures()).isEmpty();
    }

    @Test
    void anEndThatIsNeverLetGoIsForgottenWithItsStream() throws Exception {
        connect(StreamProbe::reading);
        DuplexChannel stream = open(pair.dialler(), StreamProbe.reading());
        write(stream, new byte[1]);
        StreamProbe other = accept();
        other.awaitBytes(1);
        holdEnd(stream, true);
        Future<Void> ended = stream.shutdownOutput();

        pair.listener().reset(other.channel());

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ended.cause()).isNotNull();
        awaitOpenStreams(pair.dialler(), 0);
        holdEnd(stream, false);
        roundTrip(pair.dialler());
    }

    private static void holdEnd(DuplexChannel stream, boolean held) throws Exception {
        stream.eventLoop().submit(() -> ((HeldEnd) stream).holdEnd(held)).get(20, TimeUnit.SECONDS);
    }

    @Test
    void aHalfClosedStreamStillCarriesTheOtherDirection() throws Exception {
        connect(StreamProbe::reading);
        StreamProbe probe = StreamProbe.reading();
        DuplexChannel stream = open(pair.dialler(), probe);
        stream.shutdownOutput().get(20, TimeUnit.SECONDS);
        StreamProbe other = accept();
        other.awaitEnd();
        byte[] bytes = bytes(1_000_000, 5);

        write(other.channel(), bytes);

        assertThat(probe.awaitBytes(bytes.length)).isEqualTo(bytes);
        assertThat(probe.hasEnded()).isFalse();
    }

    @Test
    void aStreamThatHasEndedOnBothSidesClosesInSilence() throws Exception {
        connect(StreamProbe::echoing);
        StreamProbe probe = StreamProbe.reading();
        DuplexChannel stream = open(pair.dialler(), probe);
        write(stream, new byte[10]);
        StreamProbe other = accept();

        stream.shutdownOutput().get(20, TimeUnit.SECONDS);
        probe.awaitEnd();
        stream.close().get(20, TimeUnit.SECONDS);

        other.awaitEnd();
        other.awaitInactive();
        probe.awaitInactive();
        assertThat(probe.failures()).isEmpty();
        assertThat(other.failures()).isEmpty();
        awaitOpenStreams(pair.dialler(), 0);
        awaitOpenStreams(pair.listener(), 0);
    }

    @Test
    void closingAStreamThatHasNotEndedResetsIt() throws Exception {
        connect(StreamProbe::reading);
        DuplexChannel stream = open(pair.dialler(), StreamProbe.reading());
        write(stream, new byte[1]);
        StreamProbe other = accept();
        other.awaitBytes(1);

        stream.close().get(20, TimeUnit.SECONDS);

        other.awaitInactive();
        assertThat(other.failures()).singleElement().isInstanceOf(StreamResetException.class);
        assertThat(other.hasEnded()).isFalse();
    }

    @Test
    void aResetByWhoOpenedReachesTheOther() throws Exception {
        connect(StreamProbe::reading);
        StreamProbe probe = StreamProbe.reading();
        DuplexChannel stream = open(pair.dialler(), probe);
        write(stream, new byte[1]);
        StreamProbe other = accept();
        other.awaitBytes(1);

        pair.dialler().reset(stream);

        other.awaitInactive();
        probe.awaitInactive();
        assertThat(other.failures()).singleElement().isInstanceOf(StreamResetException.class);
        assertThat(probe.failures()).isEmpty();
        awaitOpenStreams(pair.dialler(), 0);
        awaitOpenStreams(pair.listener(), 0);
    }

    @Test
    void aResetByWhoAcceptedReachesTheOther() throws Exception {
        connect(StreamProbe::reading);
        StreamProbe probe = StreamProbe.reading();
        write(open(pair.dialler(), probe), new byte[1]);
        StreamProbe other = accept();
        other.awaitBytes(1);

        pair.listener().reset(other.channel());

        probe.awaitInactive();
        assertThat(probe.failures()).singleElement().isInstanceOf(StreamResetException.class);
        awaitOpenStreams(pair.dialler(), 0);
        awaitOpenStreams(pair.listener(), 0);
    }

    @Test
    void aResetTouchesNoOtherStream() throws Exception {
        connect(StreamProbe::echoing);
        StreamProbe kept = StreamProbe.reading();
        DuplexChannel keptStream = open(pair.dialler(), kept);
        write(keptStream, new byte[1]);
        kept.awaitBytes(1);

        pair.dialler().reset(open(pair.dialler(), StreamProbe.reading()));
        write(keptStream, new byte[1]);

        kept.awaitBytes(2);
        assertThat(kept.failures()).isEmpty();
    }

    @Test
    void nothingIsReadThatWasNotAskedFor() throws Exception {
        connect(StreamProbe::notReading);
        DuplexChannel stream = open(pair.dialler(), StreamProbe.reading());
        write(stream, new byte[1]);
        stream.shutdownOutput();
        StreamProbe other = accept();
        roundTrip(pair.dialler());
        assertThat(other.receivedBytes()).isZero();
        assertThat(other.hasEnded()).isFalse();

        other.channel().read();
        other.awaitBytes(1);
        other.channel().read();
        other.awaitEnd();
    }

    @Test
    void aReaderThatDoesNotReadStopsTheWriter() throws Exception {
        connect(StreamProbe::notReading);
        int chunk = 1 << 16;
        int most = 1_024;
        CountingWriter writer = new CountingWriter(chunk, most);
        DuplexChannel stream = open(pair.dialler(), writer);
        StreamProbe other = accept();

        for (int i = 0; i < 20; i++) {
            roundTrip(pair.dialler());
        }
        int stoppedAt = writer.written();
        assertThat(stoppedAt).isLessThan(most);
        assertThat(stream.isWritable()).isFalse();
        assertThat(other.receivedBytes()).isZero();

        other.channel().config().setAutoRead(true);

        other.awaitBytes(most * chunk);
        assertThat(writer.written()).isEqualTo(most);
    }

    /** Writes while the stream is writable. */
    private static final class CountingWriter extends ChannelInboundHandlerAdapter {

        private final int chunk;
        private final int most;
        private volatile int written;

        CountingWriter(int chunk, int most) {
            this.chunk = chunk;
            this.most = most;
        }

        int written() {
            return written;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            writeOn(ctx);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            writeOn(ctx);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // The end of the test resets the stream.
        }

        @SuppressWarnings("NonAtomicVolatileUpdate")
        private void writeOn(ChannelHandlerContext ctx) {
            while (written < most && ctx.channel().isWritable()) {
                written++;
                ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[chunk]));
            }
        }
    }

    @Test
    void aStreamThatIsNotReadHoldsUpNoOther() throws Exception {
        connect(StreamProbe::notReading);
        open(pair.dialler(), new CountingWriter(1 << 16, 1_024));
        accept();
        StreamProbe probe = StreamProbe.reading();
        DuplexChannel stream = open(pair.dialler(), probe);
        write(stream, new byte[1_000_000]);
        StreamProbe other = accept();

        other.channel().config().setAutoRead(true);

        other.awaitBytes(1_000_000);
    }

    @Test
    void manyStreamsRunAtOnce() throws Exception {
        connect(StreamProbe::echoing);
        List<StreamProbe> probes = new ArrayList<>();
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            StreamProbe probe = StreamProbe.reading();
            byte[] bytes = bytes(20_000, i);
            DuplexChannel stream = open(i % 2 == 0 ? pair.dialler() : pair.listener(), probe);
            write(stream, bytes);
            stream.shutdownOutput();
            probes.add(probe);
            sent.add(bytes);
        }

        for (int i = 0; i < 100; i++) {
            probes.get(i).awaitEnd();
            assertThat(probes.get(i).awaitBytes(20_000)).isEqualTo(sent.get(i));
        }
        awaitOpenStreams(pair.dialler(), 0);
        awaitOpenStreams(pair.listener(), 0);
    }

    @Test
    void anOpeningThatIsCancelledLeavesNoStream() throws Exception {
        connect(StreamProbe::echoing);
        CountDownLatch busy = new CountDownLatch(1);
        pair.diallerLoop().execute(() -> {
            try {
                busy.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Future<DuplexChannel> opening = pair.dialler().openStream(StreamProbe.reading());

        boolean cancelled = opening.cancel(false);
        busy.countDown();

        assertThat(cancelled).isTrue();
        roundTripByEcho();
        awaitOpenStreams(pair.dialler(), 0);
        awaitOpenStreams(pair.listener(), 0);
    }

    private void roundTripByEcho() throws Exception {
        StreamProbe probe = StreamProbe.reading();
        DuplexChannel stream = open(pair.dialler(), probe);
        write(stream, new byte[1]);
        probe.awaitBytes(1);
        stream.shutdownOutput();
        probe.awaitInactive();
    }

    @Test
    void moreStreamsThanWeMayOpenAreRefused() throws Exception {
        connect(new Limits(256, 2), StreamProbe::reading);
        StreamProbe probe = StreamProbe.reading();
        DuplexChannel first = open(pair.dialler(), probe);
        open(pair.dialler(), StreamProbe.reading());

        Future<DuplexChannel> third = pair.dialler().openStream(StreamProbe.reading());

        assertThat(third.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(third.cause()).isInstanceOf(StreamRefusedException.class);
        assertThat(pair.dialler().openStreams()).isEqualTo(2);

        pair.dialler().reset(first);
        probe.awaitInactive();
        openWhenThereIsRoom();
    }

    /** In QUIC it is the remote that allows the next stream, when it has heard of the end of one. */
    private void openWhenThereIsRoom() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        Future<DuplexChannel> opening = pair.dialler().openStream(StreamProbe.reading());
        while (opening.await(20, TimeUnit.SECONDS) && !opening.isSuccess() && System.nanoTime() < end) {
            assertThat(opening.cause()).isInstanceOf(StreamRefusedException.class);
            opening = pair.dialler().openStream(StreamProbe.reading());
        }
        assertThat(opening.isSuccess()).isTrue();
    }

    @Test
    void moreStreamsThanTheRemoteTakesAreRefusedOrReset() throws Exception {
        connect(new Limits(2, 256), StreamProbe::reading);
        write(open(pair.dialler(), StreamProbe.reading()), new byte[1]);
        write(open(pair.dialler(), StreamProbe.reading()), new byte[1]);
        accept().awaitBytes(1);
        accept().awaitBytes(1);
        StreamProbe probe = StreamProbe.reading();

        Future<DuplexChannel> third = pair.dialler().openStream(probe);

        assertThat(third.await(20, TimeUnit.SECONDS)).isTrue();
        if (third.isSuccess()) {
            write(third.getNow(), new byte[1]);
            probe.awaitInactive();
            assertThat(probe.failures()).singleElement().isInstanceOf(StreamResetException.class);
        } else {
            assertThat(third.cause()).isInstanceOf(StreamRefusedException.class);
        }
        assertThat(accepted).isEmpty();
        assertThat(pair.listener().openStreams()).isEqualTo(2);
    }

    @Test
    void theEndOfTheConnectionResetsItsStreamsAndRefusesNewOnes() throws Exception {
        connect(StreamProbe::reading);
        StreamProbe probe = StreamProbe.reading();
        write(open(pair.dialler(), probe), new byte[1]);
        StreamProbe other = accept();
        other.awaitBytes(1);

        pair.breakConnection();

        probe.awaitInactive();
        other.awaitInactive();
        assertThat(probe.failures()).singleElement().isInstanceOf(StreamResetException.class);
        assertThat(other.failures()).singleElement().isInstanceOf(StreamResetException.class);
        Future<DuplexChannel> late = pair.dialler().openStream(StreamProbe.reading());
        assertThat(late.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(late.cause()).isInstanceOf(StreamRefusedException.class);
        assertThat(pair.dialler().openStreams()).isZero();
    }
}
