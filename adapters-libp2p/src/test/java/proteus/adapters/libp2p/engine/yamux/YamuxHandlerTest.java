package proteus.adapters.libp2p.engine.yamux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.StreamRefusedException;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/** The frames of a session, one rule at a time. */
class YamuxHandlerTest {

    @Test
    void aStreamIsAnnouncedByItsFirstData() {
        try (Session session = new Session(Role.DIALLER)) {
            RecordingStream stream = session.open(RecordingStream.reading());
            stream.channel.writeAndFlush(Session.bytes("hello"));

            assertThat(session.written()).isEqualTo("00 00 0001 00000001 00000005 hello");
        }
    }

    @Test
    void aStreamThatOnlyReadsIsAnnouncedByAnEmptyUpdate() {
        try (Session session = new Session(Role.DIALLER)) {
            session.open(RecordingStream.reading());

            assertThat(session.written()).isEqualTo("00 01 0001 00000001 00000000");
        }
    }

    @Test
    void aStreamThatNeitherReadsNorWritesIsNotAnnounced() {
        try (Session session = new Session(Role.DIALLER)) {
            RecordingStream stream = session.open(RecordingStream.notReading());
            assertThat(session.written()).isEmpty();

            stream.channel.close();

            assertThat(session.written()).isEmpty();
            assertThat(session.muxer.openStreams()).isZero();
        }
    }

    @Test
    void aStreamThatOnlyEndsIsAnnouncedWithItsEnd() {
        try (Session session = new Session(Role.LISTENER)) {
            RecordingStream stream = session.open(RecordingStream.notReading());
            ChannelFuture ended = stream.channel.shutdownOutput();

            assertThat(session.written()).isEqualTo("00 00 0005 00000002 00000000");
            assertThat(ended.isSuccess()).isTrue();
        }
    }

    @Test
    void idsAreOddForTheDiallerAndEvenForTheListener() {
        try (Session dialler = new Session(Role.DIALLER);
                Session listener = new Session(Role.LISTENER)) {
            dialler.open(RecordingStream.reading());
            dialler.open(RecordingStream.reading());
            listener.open(RecordingStream.reading());
            listener.open(RecordingStream.reading());

            assertThat(dialler.written()).isEqualTo("00 01 0001 00000001 00000000 | 00 01 0001 00000003 00000000");
            assertThat(listener.written()).isEqualTo("00 01 0001 00000002 00000000 | 00 01 0001 00000004 00000000");
        }
    }

    @Test
    void theFirstFrameOnAStreamOfTheRemoteAcknowledgesIt() {
        try (Session session = new Session(Role.LISTENER)) {
            session.sends("00 00 0001 00000001 00000003 616263");
            assertThat(session.accepted.getFirst().text()).isEqualTo("abc");
            assertThat(session.written()).isEmpty();

            session.accepted.getFirst().channel.writeAndFlush(Session.bytes("yes"));
            session.accepted.getFirst().channel.writeAndFlush(Session.bytes("no"));

            assertThat(session.written()).isEqualTo("00 00 0002 00000001 00000005 yesno");
        }
    }

    @Test
    void synAndFinInOneFrameAreAStreamWithItsEnd() {
        try (Session session = new Session(Role.LISTENER)) {
            session.sends("00 00 0005 00000001 00000001 61");

            assertThat(session.accepted.getFirst().text()).isEqualTo("a");
            assertThat(session.accepted.getFirst().ended).isTrue();

            session.accepted.getFirst().channel.shutdownOutput();

            assertThat(session.written()).isEqualTo("00 00 0006 00000001 00000000");
            assertThat(session.accepted.getFirst().channel.isOpen()).isFalse();
            assertThat(session.muxer.openStreams()).isZero();
        }
    }

    @Test
    void theEndGoesOutInAFrameOfItsOwnBehindTheLastData() {
        try (Session session = new Session(Role.DIALLER)) {
            RecordingStream stream = session.open(RecordingStream.reading());
            ChannelFuture data = stream.channel.write(Session.bytes("last"));
            ChannelFuture end = stream.channel.shutdownOutput();
            ChannelFuture after = stream.channel.writeAndFlush(Session.bytes("more"));

            assertThat(session.written()).isEqualTo("00 00 0001 00000001 00000004 last | 00 00 0004 00000001 00000000");
            assertThat(data.isSuccess()).isTrue();
            assertThat(end.isSuccess()).isTrue();
            assertThat(after.cause()).isNotNull();
            assertThat(stream.channel.isOpen()).isTrue();
        }
    }

    @Test
    void afterOurEndTheRemoteMayStillSend() {
        try (Session session = new Session(Role.DIALLER)) {
            RecordingStream stream = session.open(RecordingStream.reading());
            stream.channel.shutdownOutput();
            session.written();

            session.sends("00 00 0002 00000001 00000002 6869");
            session.sends("00 00 0004 00000001 00000000");

            assertThat(stream.text()).isEqualTo("hi");
            assertThat(stream.ended).isTrue();
            assertThat(stream.inactive).isTrue();
            assertThat(stream.failures).isEmpty();
            assertThat(session.written()).isEmpty();
        }
    }

    @Test
    void closingAHalfOpenStreamResetsIt() {
        try (Session session = new Session(Role.DIALLER)) {
            RecordingStream stream = session.open(RecordingStream.reading());
            stream.channel.shutdownOutput();
            session.written();

            stream.channel.close();

            assertThat(session.written()).isEqualTo("00 01 0008 00000001 00000000");
        }
    }

    @Test
    void aResetByTheRemoteIsToldAndCloses() {
        try (Session session = new Session(Role.DIALLER)) {
            RecordingStream stream = session.open(RecordingStream.reading());
            session.written();

            session.sends("00 01 0008 00000001 00000000");

            assertThat(stream.failures).singleElement().isInstanceOf(StreamResetException.class);
            assertThat(stream.inactive).isTrue();
            assertThat(session.written()).isEmpty();
            assertThat(session.muxer.openStreams()).isZero();
        }
    }

    @Test
    void resetIsSentAtOnceAndPastThePipeline() {
        try (Session session = new Session(Role.DIALLER)) {
            RecordingStream stream = session.open(RecordingStream.reading());
            stream.channel.write(Session.bytes("lost"));
            session.written();

            session.muxer.reset(stream.channel);
            session.muxer.reset(stream.channel);

            assertThat(session.written()).isEqualTo("00 01 0008 00000001 00000000");
            assertThat(stream.inactive).isTrue();
            assertThat(stream.failures).isEmpty();
        }
    }

    @Test
    void closingTheConnectionSaysGoodbye() {
        try (Session session = new Session(Role.DIALLER)) {
            RecordingStream stream = session.open(RecordingStream.reading());
            session.written();

            session.channel.close();

            assertThat(session.written()).isEqualTo("00 03 0000 00000000 00000000");
            assertThat(stream.failures).singleElement().isInstanceOf(StreamResetException.class);
            assertThat(stream.inactive).isTrue();
        }
    }

    @Test
    void afterAGoAwayStreamsGoOnAndNoneIsOpened() {
        try (Session session = new Session(Role.DIALLER)) {
            RecordingStream stream = session.open(RecordingStream.reading());
            session.sends("00 03 0000 00000000 00000000");

            Future<DuplexChannel> refused = session.muxer.openStream(RecordingStream.reading());
            session.sends("00 00 0002 00000001 00000001 61");

            assertThat(refused.cause()).isInstanceOf(StreamRefusedException.class);
            assertThat(stream.text()).isEqualTo("a");
            assertThat(session.events).containsExactly(new YamuxEvent.RemoteGoAway(0));
            assertThat(session.channel.isOpen()).isTrue();
        }
    }

    @Test
    void tooManyOfOurStreamsAreRefused() {
        YamuxSettings two = YamuxSettings.defaults().with(new YamuxSettings.StreamLimits(256, 2, 256));
        try (Session session = new Session(Role.DIALLER, two)) {
            RecordingStream first = session.open(RecordingStream.reading());
            session.open(RecordingStream.reading());
            session.sends("00 01 0001 00000002 00000000");

            assertThat(session.muxer.openStream(RecordingStream.reading()).cause())
                    .isInstanceOf(StreamRefusedException.class);
            assertThat(session.muxer.openStreams()).isEqualTo(3);

            first.channel.close();

            assertThat(session.muxer.openStream(RecordingStream.reading()).isSuccess())
                    .isTrue();
        }
    }

    @Test
    void tooManyStreamsWithoutAnAcknowledgementAreRefused() {
        YamuxSettings one = YamuxSettings.defaults().with(new YamuxSettings.StreamLimits(256, 256, 1));
        try (Session session = new Session(Role.DIALLER, one)) {
            session.open(RecordingStream.reading());
            session.written();
            assertThat(session.muxer.openStream(RecordingStream.reading()).cause())
                    .isInstanceOf(StreamRefusedException.class);

            session.sends("00 01 0002 00000001 00000000");

            assertThat(session.muxer.openStream(RecordingStream.reading()).isSuccess())
                    .isTrue();
        }
    }

    @Test
    void tooManyStreamsOfTheRemoteAreReset() {
        YamuxSettings one = YamuxSettings.defaults().with(new YamuxSettings.StreamLimits(1, 256, 256));
        try (Session session = new Session(Role.LISTENER, one)) {
            session.sends("00 00 0001 00000001 00000000");
            session.sends("00 00 0001 00000003 00000001 61 00 00 0000 00000003 00000001 62");

            assertThat(session.accepted).hasSize(1);
            assertThat(session.written()).isEqualTo("00 01 0008 00000003 00000000");
            assertThat(session.channel.isOpen()).isTrue();
        }
    }

    @Test
    void aStreamClosedInTheMiddleOfABodyLosesTheRest() {
        try (Session session = new Session(Role.LISTENER)) {
            session.sends("00 00 0001 00000001 00000004 61");
            session.muxer.reset(session.accepted.getFirst().channel);
            session.sends("62 63 64 00 02 0001 00000000 00000007");

            assertThat(session.accepted.getFirst().text()).isEqualTo("a");
            assertThat(session.written()).isEqualTo("00 01 0008 00000001 00000000 | 00 02 0002 00000000 00000007");
        }
    }

    @Test
    void aListenerThatClosesTheStreamOnWriteDoesNotBreakTheFrame() {
        try (Session session = new Session(Role.DIALLER)) {
            RecordingStream stream = session.open(RecordingStream.notReading());
            stream.channel.write(Session.bytes("one")).addListener(done -> stream.channel.close());
            stream.channel.writeAndFlush(Session.bytes("two"));

            assertThat(session.written())
                    .isEqualTo("00 00 0001 00000001 00000006 onetwo | 00 01 0008 00000001 00000000");
        }
    }

    @Test
    void removingTheHandlerEndsItsStreamsAndLeavesThePipelineAsItWas() {
        try (Session session = new Session(Role.DIALLER)) {
            RecordingStream stream = session.open(RecordingStream.reading());
            session.written();

            session.channel.pipeline().remove(session.muxer);
            session.channel.runPendingTasks();

            assertThat(stream.failures).singleElement().isInstanceOf(StreamResetException.class);
            assertThat(session.channel.pipeline().get(FrameCodec.class)).isNull();
            assertThat(session.channel.pipeline().get(Pinger.class)).isNull();
            assertThat(session.muxer.openStream(RecordingStream.reading()).cause())
                    .isInstanceOf(StreamRefusedException.class);
        }
    }

    @Test
    void anExceptionFromBelowEndsTheConnection() {
        try (Session session = new Session(Role.DIALLER)) {
            RecordingStream stream = session.open(RecordingStream.reading());
            IOException broken = new IOException("broken");

            session.channel.pipeline().fireExceptionCaught(broken);
            session.channel.runPendingTasks();

            assertThat(session.channel.isOpen()).isFalse();
            assertThat(stream.failures).singleElement().isInstanceOf(StreamResetException.class);
            assertThatThrownBy(session.channel::checkException).isSameAs(broken);
        }
    }

    @Test
    void lateFramesForAStreamThatIsOverAreIgnored() {
        try (Session session = new Session(Role.DIALLER, YamuxSettings.defaults())) {
            RecordingStream unread = session.open(RecordingStream.notReading());
            unread.channel.writeAndFlush(Session.bytes("x"));
            unread.channel.shutdownOutput();
            session.written();
            session.sends("00 00 0006 00000001 00000001 61");

            session.sends("00 01 0000 00000001 00001000 00 01 0008 00000001 00000000");
            assertThat(unread.failures).isEmpty();
            unread.channel.read();
            unread.channel.read();
            session.sends("00 01 0000 00000001 00001000 00 01 0008 00000001 00000000");

            assertThat(unread.text()).isEqualTo("a");
            assertThat(unread.ended).isTrue();
            assertThat(unread.inactive).isTrue();
            assertThat(session.written()).isEmpty();
            assertThat(session.channel.isOpen()).isTrue();
        }
    }

    @Test
    void aStreamThatIsNotReadCountsAfterItsEnd() {
        YamuxSettings one = YamuxSettings.defaults().with(new YamuxSettings.StreamLimits(1, 256, 256));
        try (Session session = new Session(Role.LISTENER, one, RecordingStream::notReading)) {
            session.sends("00 00 0005 00000001 00000001 61");
            session.accepted.getFirst().channel.shutdownOutput();
            session.written();

            session.sends("00 00 0001 00000003 00000000");

            assertThat(session.written()).isEqualTo("00 01 0008 00000003 00000000");
        }
    }

    @Test
    void aMuxerWithoutAConnectionRefuses() {
        YamuxHandler muxer = new YamuxHandler(Role.DIALLER, YamuxSettings.defaults(), RecordingStream.reading());

        assertThat(muxer.openStream(RecordingStream.reading()).cause()).isInstanceOf(StreamRefusedException.class);
    }
}
