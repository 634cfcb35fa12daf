package proteus.domain.mutatorset;

import java.util.Arrays;

/** Unsigned numbers in arrays. */
final class UnsignedLongs {

    private UnsignedLongs() {}

    /** The same numbers ascending, each once. Uses up {@code numbers}. */
    static long[] sortedOnce(long[] numbers) {
        flip(numbers);
        Arrays.sort(numbers);
        flip(numbers);
        int kept = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (i == 0 || numbers[i] != numbers[i - 1]) {
                numbers[kept++] = numbers[i];
            }
        }
        return Arrays.copyOf(numbers, kept);
    }

    /** How many of {@code numbers}, which ascend, are below {@code limit}. */
    static int countBelow(long[] numbers, long limit) {
        int low = 0;
        int high = numbers.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(numbers[middle], limit) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static void flip(long[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] ^= Long.MIN_VALUE;
        }
    }
}
