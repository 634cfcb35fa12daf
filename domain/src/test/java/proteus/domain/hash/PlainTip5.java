package proteus.domain.hash;

import static proteus.domain.generator.Elements.P;
import static proteus.domain.generator.Elements.number;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The Tip5 permutation as the text describes it, in big integers and with the whole matrix: what the fast one is compared
 * with. The round constants are the only thing it shares with that.
 */
final class PlainTip5 {

    private static final BigInteger R = BigInteger.ONE.shiftLeft(64).mod(P);

    private static final int[] COLUMN = {
        61402, 1108, 28750, 33823, 7454, 43244, 53865, 12034, 56951, 27521, 41351, 40901, 12021, 59689, 26798, 17845
    };

    private PlainTip5() {}

    /** The permutation of 16 canonical elements. */
    static long[] permuted(long[] elements) {
        BigInteger[] state =
                Arrays.stream(elements).mapToObj(element -> number(element)).toArray(BigInteger[]::new);
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 16; i++) {
                state[i] = i < 4 ? splitAndLookup(state[i]) : state[i].pow(7).mod(P);
            }
            BigInteger[] mixed = new BigInteger[16];
            for (int i = 0; i < 16; i++) {
                mixed[i] = number(Tip5Permutation.CONSTANTS[16 * round + i]);
                for (int j = 0; j < 16; j++) {
                    BigInteger factor = BigInteger.valueOf(COLUMN[Math.floorMod(i - j, 16)]);
                    mixed[i] = mixed[i].add(factor.multiply(state[j]));
                }
                mixed[i] = mixed[i].mod(P);
            }
            state = mixed;
        }
        return Arrays.stream(state).mapToLong(BigInteger::longValue).toArray();
    }

    private static BigInteger splitAndLookup(BigInteger element) {
        long raw = element.multiply(R).mod(P).longValue();
        long substituted = 0;
        for (int i = 0; i < 8; i++) {
            long b = (raw >>> (8 * i)) & 0xFF;
            long looked = ((b + 1) * (b + 1) * (b + 1) + 256) % 257;
            substituted |= looked << (8 * i);
        }
        return number(substituted).multiply(R.modInverse(P)).mod(P);
    }
}
