package proteus.adapters.libp2p.engine.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.upgrade.Role;

/** Who may send how much and when, one rule at a time. */
class YamuxFlowControlTest {

    @Test
    void creditIsGivenBackWhenHalfAWindowWasRead() {
        YamuxSettings fixed = YamuxSettings.defaults().with(new YamuxSettings.FlowControl(262_144, 0, 65_507));
        try (Session session = new Session(Role.LISTENER, fixed, RecordingStream::notReading)) {
            session.sendsData(FrameHeader.SYN, 1, 131_071);
            session.sendsData(0, 1, 1);
            assertThat(session.accepted.getFirst().pieces).isEmpty();
            assertThat(session.written()).isEmpty();

            session.accepted.getFirst().channel.read();
            assertThat(session.accepted.getFirst().pieces).containsExactly(131_071);
            assertThat(session.written()).isEmpty();

            session.accepted.getFirst().channel.read();
            assertThat(session.accepted.getFirst().pieces).containsExactly(131_071, 1);
            assertThat(session.written()).isEqualTo("00 01 0002 00000001 00020000");
        }
    }

    @Test
    void theWindowOfAFastReaderDoubles() {
        try (Session session = new Session(Role.LISTENER)) {
            session.sendsData(FrameHeader.SYN, 1, 131_072);

            assertThat(session.written()).isEqualTo("00 01 0002 00000001 00060000");

            session.sendsData(0, 1, 262_143);
            assertThat(session.written()).isEmpty();
            session.sendsData(0, 1, 1);
            assertThat(session.written()).isEqualTo("00 01 0000 00000001 000c0000");
        }
    }

    @Test
    void noMoreIsSentThanTheRemoteGaveCreditFor() {
        try (Session session = new Session(Role.DIALLER)) {
            RecordingStream stream = session.open(RecordingStream.reading());
            stream.channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[262_145]));

            assertThat(session.written())
                    .isEqualTo("00 00 0001 00000001 0000ffe3 (65507) | 00 00 0000 00000001 0000ffe3 (65507)"
                            + " | 00 00 0000 00000001 0000ffe3 (65507) | 00 00 0000 00000001 0000ffe3 (65507)"
                            + " | 00 00 0000 00000001 00000074 (116)");
            assertThat(stream.channel.isWritable()).isFalse();

            session.sends("00 01 0002 00000001 00000005");

            assertThat(session.written()).isEqualTo("00 00 0000 00000001 00000001 \0");
            assertThat(stream.channel.isWritable()).isTrue();
            assertThat(stream.writability).containsExactly(false, true);
        }
    }

    @Test
    void anUpdateWithSynAddsToTheInitialWindow() {
        try (Session session = new Session(Role.LISTENER)) {
            session.sends("00 01 0001 00000001 00000001");
            session.accepted.getFirst().channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[262_146]));

            assertThat(session.written()).endsWith("00 00 0000 00000001 00000075 (117)");
        }
    }

    @Test
    void streamsTakeTurns() {
        YamuxSettings small = YamuxSettings.defaults().with(new YamuxSettings.FlowControl(262_144, 0, 2));
        try (Session session = new Session(Role.DIALLER, small)) {
            RecordingStream first = session.open(RecordingStream.notReading());
            RecordingStream second = session.open(RecordingStream.notReading());
            first.channel.writeAndFlush(Session.bytes("aaaaa"));
            second.channel.writeAndFlush(Session.bytes("bbb"));

            assertThat(session.written())
                    .isEqualTo("00 00 0001 00000001 00000002 aa | 00 00 0001 00000003 00000002 bb"
                            + " | 00 00 0000 00000001 00000002 aa | 00 00 0000 00000003 00000001 b"
                            + " | 00 00 0000 00000001 00000001 a");
        }
    }

    @Test
    void nothingIsWrittenWhileTheConnectionIsNotWritable() {
        try (Session session = new Session(Role.DIALLER)) {
            RecordingStream stream = session.open(RecordingStream.reading());
            session.written();
            session.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
            ChannelFuture written = stream.channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[65_507]));

            assertThat(session.written()).isEmpty();
            assertThat(written.isDone()).isFalse();
            assertThat(stream.channel.isWritable()).isFalse();

            session.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);

            assertThat(session.written()).isEqualTo("00 00 0000 00000001 0000ffe3 (65507)");
            assertThat(written.isSuccess()).isTrue();
            assertThat(stream.channel.isWritable()).isTrue();
        }
    }

    @Test
    void droppedInputIsCountedAndItsCreditGivenBack() {
        try (Session session = new Session(Role.LISTENER)) {
            session.sends("00 00 0001 00000001 00000001 61");
            session.accepted.getFirst().channel.shutdownInput();
            session.sendsData(0, 1, 131_071);

            assertThat(session.accepted.getFirst().text()).isEqualTo("a");
            assertThat(session.written()).isEqualTo("00 01 0002 00000001 00060000");

            session.sends("00 00 0004 00000001 00000000");
            session.accepted.getFirst().channel.shutdownOutput();

            assertThat(session.written()).isEqualTo("00 00 0004 00000001 00000000");
            assertThat(session.accepted.getFirst().inactive).isTrue();
        }
    }

    @Test
    void pingsAreAnsweredEvenWhileTheConnectionIsNotWritable() {
        try (Session session = new Session(Role.DIALLER)) {
            session.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);

            session.sends("00 02 0001 00000000 cafebabe");

            assertThat(session.written()).isEqualTo("00 02 0002 00000000 cafebabe");
        }
    }
}
