package proteus.application.wire;

/**
 * A 128-bit integer on its way between bytes and a domain type.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
record U128(long high, long low) {

    /** Maps signed to unsigned so that small magnitudes become small: 0, -1, 1, -2 become 0, 1, 2, 3. */
    U128 zigzag() {
        long sign = high >> 63;
        return new U128((high << 1 | low >>> 63) ^ sign, low << 1 ^ sign);
    }

    /** Undoes {@link #zigzag}. */
    U128 unzigzag() {
        long sign = -(low & 1);
        return new U128(high >>> 1 ^ sign, (low >>> 1 | high << 63) ^ sign);
    }
}
