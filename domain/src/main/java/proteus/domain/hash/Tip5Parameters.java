package proteus.domain.hash;

/**
 * The constants of Tip5, for kernels. Source: twenty-first 3.1.1, {@code tip5}, and the paper "The Tip5 Hash Function for
 * Recursive STARKs".
 */
public final class Tip5Parameters {

    /** Elements in the state. */
    public static final int STATE_SIZE = Tip5Permutation.STATE_SIZE;

    /** Rounds of a permutation: each a substitution, a multiplication by the matrix, and an addition of constants. */
    public static final int ROUNDS = Tip5Permutation.ROUNDS;

    /** Words of memory that a kernel is given beside the state. */
    public static final int WORK_SIZE = Tip5Permutation.WORK_SIZE;

    private Tip5Parameters() {}

    /** The entry in the first column of the circulant matrix, in {@code row} 0 to 15: 16 bits, unsigned. */
    public static long matrixColumn(int row) {
        return Tip5Matrix.column(row);
    }

    /** The constant that is added in {@code round}, 0 to 4, to the element at {@code index}, 0 to 15; canonical. */
    public static long roundConstant(int round, int index) {
        return Tip5Permutation.CONSTANTS[STATE_SIZE * round + index];
    }

    /** What takes the place of the byte {@code b}, 0 to 255, of the Montgomery form: 0 to 255. */
    public static int substituted(int b) {
        return Tip5Permutation.substituted(b);
    }
}
