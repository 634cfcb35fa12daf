package proteus.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.Direction;
import proteus.application.port.InboundFrame;
import proteus.application.port.PeerConnection;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.hash.Digest;
import proteus.domain.peer.ArchivalMutatorSetFrame;
import proteus.domain.peer.ByteSequence;
import proteus.domain.peer.MagicValue;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

@Timeout(60)
final class AssertingPeerConnectionTest {

    private static final int LIMIT = 64 << 10;

    private final ConnectedPair pair = pair(32 << 20);
    private final AssertingPeerConnection asserting = AssertingPeerConnection.over(pair.near());
    private final BlockingQueue<InboundFrame> frames = new LinkedBlockingQueue<>();

    private static ConnectedPair pair(int outboundBytes) {
        return InMemoryPeerConnection.pair(
                Descriptions.of(Direction.OUTBOUND, Descriptions.loopback(2), 2),
                Descriptions.of(Direction.INBOUND, Descriptions.loopback(1), 1),
                outboundBytes);
    }

    @AfterEach
    void close() {
        pair.near().close();
        pair.far().close();
    }

    private void keepFrames(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.FrameArrived(var frame)) {
            frames.add(frame);
        }
    }

    private InboundFrame awaitFrame() throws InterruptedException {
        InboundFrame frame = frames.poll(20, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("no frame came");
        }
        return frame;
    }

    private InboundFrame receive(PeerMessage message) throws Exception {
        pair.far().send(message);
        asserting.request();
        return awaitFrame();
    }

    private static PeerMessage ofSize(int bytes) {
        int content = bytes - 100;
        int overhead = PeerMessageCodec.encode(bulky(content)).length - content;
        return bulky(bytes - overhead);
    }

    private static PeerMessage bulky(int bytes) {
        return new PeerMessage.ArchivalMutatorSet(
                new ArchivalMutatorSetFrame(Digest.ZERO, bytes, 0, ByteSequence.of(new byte[bytes])));
    }

    private void assertCaught(PortRule rule, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BrokenRuleError.class, error -> assertThat(error.rule()).isEqualTo(rule));
        assertThat(asserting.violations()).extracting(BrokenRuleError::rule).containsExactly(rule);
    }

    private static void onVirtualThread(ThrowingCallable call) throws Throwable {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        call.call();
                    } catch (Throwable failure) {
                        thrown.set(failure);
                    }
                })
                .join();
        if (thrown.get() != null) {
            throw thrown.get();
        }
    }

    @Test
    void aSecondOpenIsCaught() {
        asserting.open(this::keepFrames);

        assertCaught(PortRule.OPEN_ONCE, () -> asserting.open(this::keepFrames));
    }

    @Test
    void aRequestBeforeTheOpenIsCaught() {
        assertCaught(PortRule.OPEN_BEFORE_REQUEST, asserting::request);
    }

    @Test
    void aSecondRequestBeforeTheFrameCameIsCaught() {
        asserting.open(this::keepFrames);
        asserting.request();

        assertCaught(PortRule.ONE_OUTSTANDING_REQUEST, asserting::request);
    }

    @Test
    void aFrameThatIsNotClosedIsFound() throws Exception {
        asserting.open(this::keepFrames);
        InboundFrame frame = receive(new PeerMessage.PeerListRequest());

        assertThat(asserting.unclosedFrames()).containsExactly(PeerMessageKind.PEER_LIST_REQUEST);

        frame.close();
        assertThat(asserting.unclosedFrames()).isEmpty();
    }

    @Test
    void decodingAClosedFrameIsCaught() throws Exception {
        asserting.open(this::keepFrames);
        InboundFrame frame = receive(new PeerMessage.PeerListRequest());
        frame.close();

        assertCaught(PortRule.DECODE_BEFORE_CLOSE, frame::decode);
    }

    @Test
    void decodingABigFrameOnAVirtualThreadIsCaught() throws Exception {
        asserting.open(this::keepFrames);
        InboundFrame frame = receive(ofSize(LIMIT + 1));
        assertThat(frame.size()).isEqualTo(LIMIT + 1);

        assertCaught(PortRule.BIG_DECODE_ON_THE_WORK_POOL, () -> onVirtualThread(frame::decode));
    }

    /** The loops of real transports are platform threads. */
    @Test
    void decodingABigFrameOnTheThreadThatDeliversItIsCaught() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        DirectConnection direct = new DirectConnection(pair.near().description());
        AssertingPeerConnection over = AssertingPeerConnection.over(direct);
        over.open(event -> {
            if (event instanceof ConnectionEvent.FrameArrived(var frame)) {
                try (frame) {
                    frame.decode();
                } catch (Exception | BrokenRuleError failure) {
                    thrown.set(failure);
                }
            }
        });

        direct.deliver(ofSize(LIMIT));
        assertThat(thrown.get()).isNull();
        direct.deliver(ofSize(LIMIT + 1));

        assertThat(thrown.get()).isInstanceOf(BrokenRuleError.class);
        assertThat(over.violations())
                .extracting(BrokenRuleError::rule)
                .containsExactly(PortRule.BIG_DECODE_ON_THE_WORK_POOL);
    }

    @Test
    void sendingAfterOnesOwnCloseIsCaught() {
        asserting.open(this::keepFrames);
        asserting.close();

        assertCaught(PortRule.SEND_BEFORE_CLOSE, () -> asserting.send(new PeerMessage.Bye()));
    }

    @Test
    void aSecondHandshakeIsCaught() {
        asserting.open(this::keepFrames);

        assertCaught(
                PortRule.NO_SECOND_HANDSHAKE,
                () -> asserting.send(new PeerMessage.Handshake(MagicValue.REQUEST, Descriptions.handshake(1))));
    }

    @Test
    void nothingIsHeldAgainstASessionThatKeepsTheRules() throws Exception {
        asserting.open(this::keepFrames);

        try (InboundFrame small = receive(new PeerMessage.PeerListRequest())) {
            small.decode();
        }
        try (InboundFrame atTheLimit = receive(ofSize(LIMIT))) {
            assertThat(atTheLimit.size()).isEqualTo(LIMIT);
            Thread decoding = Thread.ofVirtual().start(() -> decode(atTheLimit));
            decoding.join();
        }
        InboundFrame big = receive(ofSize(1 << 20));
        big.decode();
        big.close();
        big.close();
        asserting.request();
        asserting.send(new PeerMessage.Bye());
        asserting.close();
        asserting.close();
        asserting.request();
        asserting.traffic();

        assertThat(asserting.violations()).isEmpty();
        assertThat(asserting.unclosedFrames()).isEmpty();
    }

    /** Asking is ignored once the peer has closed, and the session may not know yet. */
    @Test
    void nothingIsHeldAgainstARequestAfterTheEnd() throws Exception {
        RecordedEvents events = new RecordedEvents();
        asserting.open(events);
        asserting.request();
        pair.far().close();
        events.awaitClosed();

        asserting.request();
        assertThatThrownBy(() -> asserting.send(new PeerMessage.Bye())).isInstanceOf(ConnectionClosedException.class);

        assertThat(asserting.violations()).isEmpty();
    }

    private static void decode(InboundFrame frame) {
        try {
            frame.decode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** One that delivers on the thread of the test. */
    private static final class DirectConnection implements PeerConnection {

        private final Description description;
        private Consumer<ConnectionEvent> listener = _ -> {};

        private DirectConnection(Description description) {
            this.description = description;
        }

        private void deliver(PeerMessage message) {
            byte[] payload = PeerMessageCodec.encode(message);
            listener.accept(new ConnectionEvent.FrameArrived(new InMemoryFrame(message.kind(), payload)));
        }

        @Override
        public Description description() {
            return description;
        }

        @Override
        public void open(Consumer<ConnectionEvent> events) {
            listener = events;
        }

        @Override
        public void request() {}

        @Override
        public void send(PeerMessage message) {}

        @Override
        public Traffic traffic() {
            return new Traffic(0, 0, 0, 0);
        }

        @Override
        public void close() {}
    }

    /** Apart from what the suite does wrong on purpose, nothing shows that there is a wrapper. */
    @Nested
    final class AsAConnection extends PeerConnectionContract {

        private final List<AssertingPeerConnection> wrappers = new ArrayList<>();

        @Override
        protected ConnectedPair connect(int outboundBytes) {
            ConnectedPair inside = pair(outboundBytes);
            AssertingPeerConnection near = AssertingPeerConnection.recording(inside.near());
            AssertingPeerConnection far = AssertingPeerConnection.recording(inside.far());
            wrappers.add(near);
            wrappers.add(far);
            return new ConnectedPair(near, far);
        }

        @AfterEach
        void onlyWhatIsDoneOnPurposeIsHeldAgainstTheSuite() {
            for (AssertingPeerConnection wrapper : wrappers) {
                assertThat(wrapper.violations())
                        .extracting(BrokenRuleError::rule)
                        .isSubsetOf(
                                PortRule.OPEN_ONCE,
                                PortRule.ONE_OUTSTANDING_REQUEST,
                                PortRule.DECODE_BEFORE_CLOSE,
                                PortRule.SEND_BEFORE_CLOSE,
                                PortRule.BIG_DECODE_ON_THE_WORK_POOL);
                assertThat(wrapper.unclosedFrames()).isEmpty();
            }
        }
    }
}
