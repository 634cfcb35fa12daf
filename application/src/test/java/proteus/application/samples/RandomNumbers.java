package proteus.application.samples;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import proteus.domain.field.BFieldElement;
import proteus.domain.field.BFieldElements;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;

/** Numbers that like the edges of the wire's integer forms. */
final class RandomNumbers {

    private static final long[] EDGES = {0, 1, 250, 251, 0xFFFF, 0x1_0000, 0xFFFF_FFFFL, 0x1_0000_0000L};

    private final RandomGenerator random;

    RandomNumbers(RandomGenerator random) {
        this.random = random;
    }

    boolean flag() {
        return random.nextBoolean();
    }

    /** A number in {@code [0, bound)}. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Any 64 bits, of any magnitude. */
    long u64() {
        return switch (random.nextInt(4)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> -1L - random.nextInt(2);
            case 2 -> random.nextLong() >>> random.nextInt(Long.SIZE);
            default -> random.nextLong();
        };
    }

    int u32() {
        return (int) u64();
    }

    long fieldElement() {
        return random.nextInt(8) == 0 ? BFieldElement.P - 1 : BFieldElement.reduce(u64());
    }

    Digest digest() {
        return new Digest(fieldElement(), fieldElement(), fieldElement(), fieldElement(), fieldElement());
    }

    List<Digest> digests(int count) {
        return Stream.generate(this::digest).limit(count).toList();
    }

    /** Up to 20 elements, often none. */
    BFieldElements fieldElements() {
        long[] elements = new long[length()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = fieldElement();
        }
        return BFieldElements.owning(elements);
    }

    /** Up to 20 words, often none. */
    U32Sequence words() {
        return words(length());
    }

    U32Sequence words(int count) {
        return U32Sequence.owning(IntStream.generate(this::u32).limit(count).toArray());
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private int length() {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(21);
    }
}
