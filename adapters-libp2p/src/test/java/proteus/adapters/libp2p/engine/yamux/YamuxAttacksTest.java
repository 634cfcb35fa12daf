package proteus.adapters.libp2p.engine.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DuplexChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/** What a remote must not do, or not too often. */
class YamuxAttacksTest {

    private static final String PROTOCOL_ERROR = "00 03 0000 00000000 00000001";

    /** The session listens, and the remote has opened stream 1. */
    @ParameterizedTest
    @CsvSource({
        "credit that overflows (CVE-2026-31814), 00 01 0000 00000001 ffff0000",
        "credit one above the most, 00 01 0000 00000001 fffc0000",
        "a new stream above its window (CVE-2026-32314), 00 00 0001 00000003 00040001",
        "data above the window, 00 00 0000 00000001 00040001",
        "a body of 4 GiB that never comes (CVE-2026-73568), 00 00 0001 00000003 ffffffff",
        "the same on an open stream, 00 00 0000 00000001 ffffffff",
        "a stream twice, 00 01 0001 00000001 00000000",
        "a stream of the wrong parity, 00 01 0001 00000002 00000000",
        "data for the session, 00 00 0000 00000000 00000001",
        "credit for the session, 00 01 0000 00000000 00000001",
        "a new stream with the session's id, 00 00 0001 00000000 00000000",
        "a ping on a stream, 00 02 0001 00000001 00000001",
        "going away on a stream, 00 03 0000 00000001 00000000",
        "an answer without a ping, 00 02 0002 00000000 00000001",
        "another version, 01 00 0000 00000001 00000000",
        "an unknown type, 00 04 0000 00000001 00000000",
        "data after the end, 00 00 0004 00000001 00000000 00 00 0000 00000001 00000001 61"
    })
    void aBrokenRuleEndsTheConnection(String rule, String frame) {
        try (Session session = new Session(Role.LISTENER)) {
            session.sends("00 00 0001 00000001 00000000");

            session.sends(frame + "00 02 0001 00000000 00000009");

            assertThat(session.written()).as(rule).isEqualTo(PROTOCOL_ERROR);
            assertThat(session.channel.isOpen()).isFalse();
            assertThat(session.accepted.getFirst().failures).singleElement().isInstanceOf(StreamResetException.class);
            assertThat(session.events)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            YamuxEvent.Failed.class,
                            failed -> assertThat(failed.reason()).isEqualTo(YamuxEvent.Reason.VIOLATION));
        }
    }

    @Test
    void theMostCreditThereCanBeIsTaken() {
        try (Session session = new Session(Role.LISTENER)) {
            session.sends("00 01 0001 00000001 fffbffff");

            assertThat(session.written()).isEmpty();
            assertThat(session.channel.isOpen()).isTrue();
        }
    }

    @Test
    void aWholeWindowInTheFirstFrameIsTaken() {
        try (Session session = new Session(Role.LISTENER)) {
            session.sendsData(FrameHeader.SYN, 1, 262_144);

            assertThat(session.accepted.getFirst().received.size()).isEqualTo(262_144);
            assertThat(session.channel.isOpen()).isTrue();
        }
    }

    @Test
    void aFrameForAStreamThatIsNotAnnouncedYetIsIgnored() {
        try (Session session = new Session(Role.DIALLER)) {
            RecordingStream stream = session.open(RecordingStream.notReading());

            session.sends("00 00 0000 00000001 00000001 61 00 01 0008 00000001 00000000");

            assertThat(stream.channel.isOpen()).isTrue();
            assertThat(stream.failures).isEmpty();
        }
    }

    @Test
    void bodiesForUnknownStreamsAreSkippedWithoutKeepingThem() {
        try (Session session = new Session(Role.LISTENER)) {
            session.sends("00 00 0000 00000007 ffffffff");
            ByteBuf part = session.channel.alloc().buffer(1 << 16).writeZero(1 << 16);
            for (int i = 0; i < 100; i++) {
                session.channel.writeInbound(part.retainedDuplicate());
            }

            assertThat(part.refCnt()).isOne();
            assertThat(session.channel.isOpen()).isTrue();
            part.release();
        }
    }

    @Test
    void tooManyFramesForUnknownStreamsEndTheConnection() {
        try (Session session = new Session(Role.LISTENER, few())) {
            for (int i = 0; i < 3; i++) {
                session.sends("00 00 0000 00000007 00000001 61");
            }
            assertThat(session.channel.isOpen()).isTrue();

            session.sends("00 00 0000 00000007 00000001 61");

            assertAbuse(session);
        }
    }

    @Test
    void tooManyRefusedStreamsEndTheConnection() {
        YamuxSettings none = few().with(new YamuxSettings.StreamLimits(0, 0, 0));
        try (Session session = new Session(Role.LISTENER, none)) {
            for (int id = 1; id < 5; id += 2) {
                session.sends("00 00 0001 0000000" + id + " 00000000");
            }
            assertThat(session.channel.isOpen()).isTrue();
            session.written();

            session.sends("00 00 0001 00000009 00000000");

            assertThat(session.written()).endsWith(PROTOCOL_ERROR);
            assertThat(session.channel.isOpen()).isFalse();
        }
    }

    @Test
    void openingAndResettingStreamsTooFastEndsTheConnection() {
        try (Session session = new Session(Role.LISTENER, few())) {
            session.sends("00 00 0001 00000001 00000000 00 00 0008 00000001 00000000");
            assertThat(session.channel.isOpen()).isTrue();

            session.sends("00 00 0001 00000003 00000000 00 00 0008 00000003 00000000");

            assertAbuse(session);
        }
    }

    @Test
    void aRemoteThatNeverReadsCannotPileUpAnswers() {
        YamuxSettings settings =
                YamuxSettings.defaults().with(new YamuxSettings.AbuseLimits(10, 100, 100, 100, Duration.ofSeconds(1)));
        try (Session session = new Session(Role.LISTENER, settings)) {
            UnreadOutput unread = new UnreadOutput();
            session.channel.pipeline().addFirst(unread);
            for (int i = 0; i < 10; i++) {
                session.sends("00 02 0001 00000000 00000001");
            }
            assertThat(session.channel.isOpen()).isTrue();
            assertThat(unread.waiting()).isEqualTo(10);

            session.sends("00 02 0001 00000000 00000001".repeat(1_000));

            assertThat(session.channel.isOpen()).isFalse();
            assertThat(unread.waiting()).isEqualTo(10);
            assertThat(session.events)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            YamuxEvent.Failed.class,
                            failed -> assertThat(failed.reason()).isEqualTo(YamuxEvent.Reason.ABUSE));
            unread.release();
        }
    }

    @Test
    void aRemoteThatNeverReadsCannotPileUpReplies() {
        YamuxSettings settings = YamuxSettings.defaults()
                .with(new YamuxSettings.StreamLimits(20, 20, 20))
                .with(new YamuxSettings.AbuseLimits(10, 1_000, 1_000, 1_000, Duration.ofSeconds(1)));
        try (Session session = new Session(Role.LISTENER, settings)) {
            UnreadOutput unread = new UnreadOutput();
            session.channel.pipeline().addFirst(unread);
            session.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
            for (int id = 1; id < 61; id += 2) {
                session.sends("00 00 0005 000000%02x 00000001 61".formatted(id));
                if (session.accepted.size() > id / 2) {
                    DuplexChannel stream = session.accepted.getLast().channel;
                    stream.writeAndFlush(Unpooled.wrappedBuffer(new byte[5_000]));
                    stream.shutdownOutput();
                }
            }

            assertThat(session.accepted).hasSize(20);
            assertThat(unread.waiting()).isEqualTo(10);
            assertThat(session.channel.isOpen()).isTrue();

            session.sends("00 00 0001 000000ff 00000000");

            assertThat(session.channel.isOpen()).isFalse();
            unread.release();
        }
    }

    private static YamuxSettings few() {
        return YamuxSettings.defaults().with(new YamuxSettings.AbuseLimits(10, 3, 2, 1, Duration.ofSeconds(1)));
    }

    private static void assertAbuse(Session session) {
        assertThat(session.written()).isEqualTo(PROTOCOL_ERROR);
        assertThat(session.channel.isOpen()).isFalse();
        assertThat(session.events)
                .singleElement()
                .isInstanceOfSatisfying(
                        YamuxEvent.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(YamuxEvent.Reason.ABUSE));
    }
}
