package proteus.adapters.persistence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerKey;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;

/**
 * The binary form of a journal's entries and of a rollout. All numbers are big endian; docs/peer-store.md lists the fields.
 *
 * <p>Readers throw as those of {@link RecordFormat} do.
 */
final class JournalFormat {

    private static final int STAGE_CHANGED = 0;
    private static final int MOVED = 1;
    private static final int PEER_ID = 0;
    private static final int ADDRESS = 1;

    private JournalFormat() {}

    static void write(JournalEntry entry, DataOutput out) throws IOException {
        switch (entry) {
            case JournalEntry.StageChanged change -> {
                out.writeByte(STAGE_CHANGED);
                Fields.writeTime(change.time(), out);
                write(change.from(), out);
                write(change.to(), out);
                out.writeUTF(change.cause());
            }
            case JournalEntry.Moved moved -> {
                out.writeByte(MOVED);
                Fields.writeTime(moved.time(), out);
                write(moved.peer(), out);
                out.writeByte(code(moved.to()));
                out.writeByte(code(moved.outcome()));
                Fields.writePresence(moved.gap().isPresent(), out);
                if (moved.gap().isPresent()) {
                    out.writeLong(TimeUnit.MICROSECONDS.convert(moved.gap().get()));
                }
                out.writeUTF(moved.cause());
                out.writeUTF(moved.detail());
            }
        }
    }

    static JournalEntry readEntry(DataInput in) throws IOException {
        int kind = in.readUnsignedByte();
        Instant time = Fields.readTime(in);
        return switch (kind) {
            case STAGE_CHANGED ->
                new JournalEntry.StageChanged(time, readRollout(in), readRollout(in), Fields.readText(in));
            case MOVED -> readMoved(time, in);
            default -> throw new IOException("unknown kind of entry: " + kind);
        };
    }

    private static JournalEntry.Moved readMoved(Instant time, DataInput in) throws IOException {
        PeerKey peer = readPeer(in);
        Stack to = stack(in.readUnsignedByte());
        MoveOutcome outcome = outcome(in.readUnsignedByte());
        Optional<Duration> gap =
                Fields.readPresence(in) ? Optional.of(Duration.of(in.readLong(), ChronoUnit.MICROS)) : Optional.empty();
        return new JournalEntry.Moved(time, peer, to, outcome, gap, Fields.readText(in), Fields.readText(in));
    }

    static void write(Rollout rollout, DataOutput out) throws IOException {
        out.writeByte(code(rollout.stage()));
        out.writeByte(rollout.share());
    }

    static Rollout readRollout(DataInput in) throws IOException {
        return new Rollout(stage(in.readUnsignedByte()), in.readUnsignedByte());
    }

    private static void write(PeerKey peer, DataOutput out) throws IOException {
        switch (peer) {
            case PeerKey.OfPeerId(var id) -> {
                out.writeByte(PEER_ID);
                Fields.writePeerId(id, out);
            }
            case PeerKey.OfAddress(var address) -> {
                out.writeByte(ADDRESS);
                Fields.writeAddress(address, out);
            }
        }
    }

    private static PeerKey readPeer(DataInput in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case PEER_ID -> new PeerKey.OfPeerId(Fields.readPeerId(in));
            case ADDRESS -> new PeerKey.OfAddress(Fields.readAddress(in));
            default -> throw new IOException("unknown kind of peer: " + kind);
        };
    }

    private static int code(Stage stage) {
        return switch (stage) {
            case LEGACY_ONLY -> 0;
            case DUAL -> 1;
            case MIGRATE -> 2;
            case LIBP2P_ONLY -> 3;
        };
    }

    private static Stage stage(int code) throws IOException {
        return switch (code) {
            case 0 -> Stage.LEGACY_ONLY;
            case 1 -> Stage.DUAL;
            case 2 -> Stage.MIGRATE;
            case 3 -> Stage.LIBP2P_ONLY;
            default -> throw new IOException("unknown stage: " + code);
        };
    }

    private static int code(Stack stack) {
        return switch (stack) {
            case LEGACY -> 0;
            case LIBP2P -> 1;
        };
    }

    private static Stack stack(int code) throws IOException {
        return switch (code) {
            case 0 -> Stack.LEGACY;
            case 1 -> Stack.LIBP2P;
            default -> throw new IOException("unknown stack: " + code);
        };
    }

    private static int code(MoveOutcome outcome) {
        return switch (outcome) {
            case SETTLED -> 0;
            case OLD_PEER -> 1;
            case LATER -> 2;
            case SOMEONE_ELSE -> 3;
            case NOT_NOW -> 4;
            case SLOT_LOST -> 5;
            case WENT_BACK -> 6;
            case FELL_BACK -> 7;
            case LOST -> 8;
        };
    }

    private static MoveOutcome outcome(int code) throws IOException {
        return switch (code) {
            case 0 -> MoveOutcome.SETTLED;
            case 1 -> MoveOutcome.OLD_PEER;
            case 2 -> MoveOutcome.LATER;
            case 3 -> MoveOutcome.SOMEONE_ELSE;
            case 4 -> MoveOutcome.NOT_NOW;
            case 5 -> MoveOutcome.SLOT_LOST;
            case 6 -> MoveOutcome.WENT_BACK;
            case 7 -> MoveOutcome.FELL_BACK;
            case 8 -> MoveOutcome.LOST;
            default -> throw new IOException("unknown outcome: " + code);
        };
    }
}
