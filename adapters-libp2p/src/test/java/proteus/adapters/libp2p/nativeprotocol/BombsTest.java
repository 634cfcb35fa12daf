package proteus.adapters.libp2p.nativeprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.adapters.libp2p.nativeprotocol.Samples.field;
import static proteus.adapters.libp2p.nativeprotocol.Samples.fixed;
import static proteus.adapters.libp2p.nativeprotocol.Samples.group;
import static proteus.adapters.libp2p.nativeprotocol.Samples.integer;
import static proteus.adapters.libp2p.nativeprotocol.Samples.joined;
import static proteus.adapters.libp2p.nativeprotocol.Samples.repeated;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.samples.AllocatedBytes;
import proteus.application.wire.MalformedMessageException;

/** Messages that are to cost much more than their bytes: decoding takes at most 64 times the input and 1 MiB of heap. */
class BombsTest {

    private static final int MIB = 1 << 20;
    private static final byte[] NOTHING = {};
    private static final byte[] DIGEST = new byte[40];
    private static final byte[] WIDE = new byte[16];

    private final NativeFrames frames = new NativeFrames();
    private final AllocatedBytes allocated = new AllocatedBytes();

    /**
     * A message.
     *
     * @param what what is special about it
     * @param payload its bytes
     * @param whole whether it is well-formed
     */
    record Bomb(String what, byte[] payload, boolean whole) {
        @Override
        public String toString() {
            return what + ", " + payload.length + " bytes";
        }
    }

    static List<Bomb> bombs() {
        byte[] chunk = field(3, joined(integer(1, 0), field(2), field(3)));
        byte[] chunkOfOneWord = field(3, joined(integer(1, 0), field(2), field(3, new byte[4])));
        byte[] chunkOfOneDigest = field(3, joined(integer(1, 0), field(2, DIGEST), field(3)));
        byte[] peer = field(1, joined(field(1, new byte[4]), integer(2, 0), field(3, WIDE)));
        byte[] claim = field(3, joined(field(1, DIGEST), integer(2, 0), field(3), field(4)));
        byte[] aByte = integer(9, 1);
        return List.of(
                new Bomb("empty chunks", transaction(input(repeated(chunk, 500_000))), true),
                new Bomb("chunks of one word", transaction(input(repeated(chunkOfOneWord, 300_000))), true),
                new Bomb("paths of one digest", transaction(input(repeated(chunkOfOneDigest, 100_000))), true),
                new Bomb("empty inputs", transaction(repeated(input(), 16_384)), true),
                new Bomb("inputs of one chunk", transaction(repeated(input(chunkOfOneWord), 16_384)), true),
                new Bomb("empty announcements", transaction(repeated(field(3), 16_384)), true),
                new Bomb("announcements of one element", transaction(repeated(field(3, new byte[8]), 16_384)), true),
                new Bomb("outputs", transaction(NOTHING, 16_384), true),
                new Bomb("peers", field(3, field(2, repeated(peer, 100_000))), true),
                new Bomb("claims", block(repeated(claim, 100_000)), true),
                new Bomb("a proof of zeros", block(NOTHING, 8 << 20), true),
                new Bomb("limbs", field(6, field(6, integer(1, 0), integer(2, 0), field(3, new byte[8 << 20]))), true),
                new Bomb("empty script proofs", collection(repeated(field(3), 32_768)), true),
                new Bomb("too many inputs", transaction(repeated(input(), 16_385)), false),
                new Bomb("too many announcements", transaction(repeated(field(3), 3_000_000)), false),
                new Bomb("empty messages in a list", field(6, field(2, repeated(field(1), 3_000_000))), false),
                new Bomb("one field again and again", field(2, repeated(field(3, fixed(1, 7)), 300_000)), false),
                new Bomb("one integer again and again", field(2, field(3, repeated(fixed(1, 7), 300_000))), false),
                new Bomb("a family again and again", repeated(field(1, field(3)), 300_000), false),
                new Bomb("unknown integers", joined(field(1, field(3)), repeated(aByte, 1_000_000)), false),
                new Bomb("unknown integers, as many as may be", joined(field(1, field(3)), unknown(512)), true),
                new Bomb("one unknown integer too many", joined(field(1, field(3)), unknown(513)), false),
                new Bomb("unknown bytes", joined(field(1, field(3)), field(99, new byte[4 << 20])), true),
                new Bomb("unknown nothing", joined(field(1, field(3)), repeated(field(99), 1_000_000)), false),
                new Bomb("groups without end", joined(field(1, field(3)), repeated(group(99), 1_000_000)), false),
                new Bomb("messages in messages that nobody knows", deep(2_000), true),
                new Bomb("messages in messages, where one belongs", field(2, field(7, deep(2_000))), false),
                new Bomb("a list as long as can be said", joined(field(6, field(2)), huge()), false),
                new Bomb("a length as long as can be said", joined(new byte[] {0x12}, huge()), false));
    }

    private static byte[] huge() {
        return new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
    }

    /** Each with a number of its own. */
    private static byte[] unknown(int count) {
        byte[][] fields = new byte[count][];
        for (int i = 0; i < count; i++) {
            fields[i] = integer(1000 + 7919 * i, 1);
        }
        return joined(fields);
    }

    private static byte[] deep(int levels) {
        // Built from the inside, each level in the unknown field of the next; lengths make it grow.
        byte[] inside = NOTHING;
        for (int i = 0; i < levels; i++) {
            inside = field(50, inside);
        }
        return joined(field(1, field(3)), inside);
    }

    private static byte[] input(byte[]... chunks) {
        return field(1, field(1, WIDE), field(2, new byte[180]), joined(chunks));
    }

    private static byte[] kernel(byte[] more, int outputs) {
        return field(
                1,
                more,
                field(2, new byte[40 * outputs]),
                field(4, WIDE),
                fixed(6, 0),
                field(7, DIGEST),
                integer(8, 0));
    }

    private static byte[] transaction(byte[] more) {
        return transaction(more, 0);
    }

    private static byte[] transaction(byte[] more, int outputs) {
        return field(4, field(3, kernel(more, outputs), field(3)));
    }

    private static byte[] collection(byte[] more) {
        byte[] proofs = field(
                2,
                field(1),
                field(2),
                more,
                field(4),
                field(5),
                field(7),
                field(8),
                field(9, DIGEST),
                field(10, DIGEST),
                field(11, DIGEST),
                field(12));
        return field(4, field(3, kernel(NOTHING, 0), proofs));
    }

    private static byte[] block(byte[] claims) {
        return block(claims, 0);
    }

    private static byte[] block(byte[] claims, int proof) {
        byte[] header = field(
                1,
                fixed(1, 0),
                fixed(2, 0),
                field(3, DIGEST),
                fixed(4, 0),
                field(5, DIGEST),
                field(6, new byte[29 * 40]),
                field(7, new byte[29 * 40]),
                field(8, DIGEST),
                field(9, new byte[24]),
                field(10, new byte[20]),
                field(11, DIGEST),
                field(12, DIGEST));
        byte[] range = joined(integer(1, 0), field(2));
        byte[] set = field(2, field(1, range), field(2, range), field(3));
        byte[] body = field(2, kernel(NOTHING, 0), set, field(3, range), field(4, range));
        return field(2, field(7, header, body, claims, field(4, new byte[proof])));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void aBombTakesABoundedMultipleOfItsBytes(Bomb bomb) {
        boolean[] whole = new boolean[1];

        long most = 64L * bomb.payload().length + MIB;
        long taken = allocated.takenBy(() -> whole[0] = isMessage(bomb.payload()), most);

        assertThat(whole[0]).isEqualTo(bomb.whole());
        assertThat(taken).isLessThanOrEqualTo(most);
    }

    private boolean isMessage(byte[] payload) {
        try {
            frames.decode(payload);
            return true;
        } catch (MalformedMessageException malformed) {
            return false;
        }
    }
}
