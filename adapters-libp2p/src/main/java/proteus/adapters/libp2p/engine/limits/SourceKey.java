package proteus.adapters.libp2p.engine.limits;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * An address or a network, as 128 bits and the number of them that count; IPv4 is in its IPv6 form {@code ::ffff:0:0/96}.
 *
 * <p>It has an order, so that a hash map stays fast when a remote chooses addresses whose hashes collide.
 */
record SourceKey(long high, long low, int bits) implements Comparable<SourceKey> {

    private static final int FULL = 128;
    private static final int IPV4_BYTES = 4;
    private static final int IPV4_OFFSET = 96;
    private static final long IPV4_MARK = 0xffffL << 32;

    private static final Comparator<SourceKey> ORDER = Comparator.comparingLong(SourceKey::high)
            .thenComparingLong(SourceKey::low)
            .thenComparingInt(SourceKey::bits);

    /** The address alone; scopes and the two forms of an IPv4 address make no difference. */
    static SourceKey of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == IPV4_BYTES
                ? new SourceKey(0, IPV4_MARK | Integer.toUnsignedLong(bytes.getInt()), FULL)
                : new SourceKey(bytes.getLong(), bytes.getLong(), FULL);
    }

    /** The /24 or /64 of this address: what one customer is given. */
    SourceKey prefix() {
        return isIpv4() ? first(IPV4_OFFSET + 24) : first(64);
    }

    /** What attempts are counted on: a whole IPv4 address, but the /64 in IPv6, in which addresses cost nothing. */
    SourceKey attempts() {
        return isIpv4() ? this : first(64);
    }

    /** The /16 or /32 of this address: what one provider is given. */
    SourceKey network() {
        return isIpv4() ? first(IPV4_OFFSET + 16) : first(32);
    }

    private boolean isIpv4() {
        return high == 0 && low >>> 32 == IPV4_MARK >>> 32;
    }

    /** Whether this is an address of this machine, 127.0.0.0/8 or ::1. */
    boolean isLoopback() {
        return isIpv4() ? ((low >>> 24) & 0xff) == 127 : high == 0 && low == 1;
    }

    private SourceKey first(int count) {
        return count <= Long.SIZE
                ? new SourceKey(high & (-1L << (Long.SIZE - count)), 0, count)
                : new SourceKey(high, low & (-1L << (FULL - count)), count);
    }

    /** A hash that nobody can predict who does not know {@code seed}. */
    long hash(long seed) {
        return mix(mix(mix(seed ^ high) ^ low) + bits);
    }

    /** The finalising step of MurmurHash3 of 64 bits: each bit of the input changes half of the output's. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    @Override
    public int compareTo(SourceKey other) {
        return ORDER.compare(this, other);
    }
}
