package proteus.adapters.libp2p.engine.yamux;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.adapters.libp2p.engine.yamux.UnreadBytes.STEP;

import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.upgrade.Role;

class UnreadBytesTest {

    /** Has room for four steps. */
    private static final class Room implements ReceiveMemory {

        private long held;
        private int asked;

        @Override
        public boolean reserve(long bytes) {
            asked++;
            if (held + bytes > 4 * STEP) {
                return false;
            }
            held += bytes;
            return true;
        }

        @Override
        public void release(long bytes) {
            held -= bytes;
        }
    }

    private final Room room = new Room();
    private final UnreadBytes unread = new UnreadBytes(room);

    @Test
    void bytesAreReservedInSteps() {
        for (int i = 0; i < 100; i++) {
            assertThat(unread.add(1_000)).isTrue();
        }

        assertThat(room.held).isEqualTo(2 * STEP);
        assertThat(room.asked).isEqualTo(2);
    }

    @Test
    void moreThanThereIsRoomForIsRefusedAndNotCounted() {
        assertThat(unread.add(4 * STEP)).isTrue();
        assertThat(unread.add(1)).isFalse();

        unread.remove(4 * STEP);

        assertThat(room.held).isZero();
    }

    @Test
    void whatIsReadIsGivenBackButForAStep() {
        unread.add(4 * STEP);
        unread.remove(2 * STEP);
        assertThat(room.held).isEqualTo(3 * STEP);

        unread.remove(2 * STEP - 1);
        assertThat(room.held).isEqualTo(2 * STEP);

        unread.remove(1);
        assertThat(room.held).isZero();
    }

    @Test
    void aStreamIsResetWhenThereIsNoRoomAndTheOthersGoOn() {
        try (Session session =
                new Session(Role.LISTENER, YamuxSettings.defaults(), RecordingStream::notReading, room)) {
            session.sendsData(FrameHeader.SYN, 1, 3 * STEP);
            session.sendsData(FrameHeader.SYN, 3, 2 * STEP);
            session.sendsData(FrameHeader.SYN, 5, STEP);

            assertThat(session.written()).isEqualTo("00 01 0008 00000003 00000000");
            assertThat(session.accepted.getFirst().channel.isOpen()).isTrue();
            assertThat(session.accepted.get(1).channel.isOpen()).isFalse();
            assertThat(session.accepted.get(2).channel.isOpen()).isTrue();
            assertThat(room.held).isEqualTo(4 * STEP);

            session.accepted.getFirst().channel.close();
            session.channel.runPendingTasks();
            assertThat(room.held).isLessThanOrEqualTo(2 * STEP);
        }
        assertThat(room.held).isZero();
    }

    @Test
    void whatIsReadAtOnceIsNotAskedFor() {
        try (Session session = new Session(Role.LISTENER, YamuxSettings.defaults(), RecordingStream::reading, room)) {
            session.sendsData(FrameHeader.SYN, 1, 3 * STEP);
        }
        assertThat(room.asked).isZero();
    }
}
