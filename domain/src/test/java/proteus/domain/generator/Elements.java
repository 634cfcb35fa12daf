package proteus.domain.generator;

import java.math.BigInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import proteus.domain.field.BFieldElement;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;

/** Random field elements, corners much more often than chance would have them. */
public final class Elements {

    /** The field's order. */
    public static final BigInteger P = new BigInteger("18446744069414584321");

    private static final long[] CORNERS = {
        0,
        1,
        2,
        0xFFFF_FFFEL,
        0xFFFF_FFFFL,
        0x1_0000_0000L,
        0x1_0000_0001L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0xFFFF_FFFE_0000_0000L,
        0xFFFF_FFFE_FFFF_FFFFL,
        BFieldElement.P - 2,
        BFieldElement.P - 1
    };

    private Elements() {}

    /** One canonical element. */
    public static long element(RandomGenerator random) {
        return BFieldElement.reduce(word(random));
    }

    /** Any unsigned word, canonical or not. */
    public static long word(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> CORNERS[random.nextInt(CORNERS.length)];
            case 1 -> -random.nextLong(0x1_0000_0000L);
            default -> random.nextLong();
        };
    }

    /** {@code count} elements. */
    public static BFieldElements elements(RandomGenerator random, int count) {
        long[] elements = new long[count];
        for (int i = 0; i < count; i++) {
            elements[i] = element(random);
        }
        return BFieldElements.owning(elements);
    }

    /** A digest. */
    public static Digest digest(RandomGenerator random) {
        return new Digest(element(random), element(random), element(random), element(random), element(random));
    }

    /** Digests without end. */
    public static Stream<Digest> digests(RandomGenerator random) {
        return Stream.generate(() -> digest(random));
    }

    /** The number that {@code word} is when taken as unsigned. */
    public static BigInteger number(long word) {
        return new BigInteger(Long.toUnsignedString(word));
    }
}
