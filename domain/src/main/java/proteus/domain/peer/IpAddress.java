package proteus.domain.peer;

import java.util.Optional;

/**
 * An IP address as a value: no name, no look-up, no scope.
 *
 * <p>Ordered as upstream orders addresses: all of version 4 before all of version 6, then as unsigned numbers.
 */
public sealed interface IpAddress extends Comparable<IpAddress> {

    /**
     * An address of version 4.
     *
     * @param bits the four bytes, first byte most significant
     */
    record V4(int bits) implements IpAddress {

        /** Dotted decimal. */
        @Override
        public String toString() {
            return (bits >>> 24) + "." + (bits >>> 16 & 0xFF) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF);
        }
    }

    /**
     * An address of version 6.
     *
     * @param high the first eight bytes, first byte most significant
     * @param low the last eight bytes
     */
    record V6(long high, long low) implements IpAddress {

        /** The canonical text of RFC 5952, with a version 4 tail for mapped addresses. */
        @Override
        public String toString() {
            return Ipv6Text.of(this);
        }
    }

    /**
     * The address of 4 or 16 bytes in network order.
     *
     * @throws IllegalArgumentException if there is another number of bytes
     */
    static IpAddress of(byte... bytes) {
        return switch (bytes.length) {
            case 4 -> new V4((int) number(bytes, 0, 4));
            case 16 -> new V6(number(bytes, 0, 8), number(bytes, 8, 16));
            default -> throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
        };
    }

    /**
     * Reads an address of either version; empty if {@code text} is none. Never looks up a name.
     *
     * <p>Version 4 is four decimal numbers without leading zeros. Version 6 is hexadecimal groups, with {@code ::} for
     * one or more zero groups at most once, and may end in a version 4 address. There are no brackets, no scope
     * ({@code %eth0}), no port and no white space.
     */
    static Optional<IpAddress> parse(String text) {
        return IpAddressParser.parse(text);
    }

    private static long number(byte[] bytes, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number << 8 | (bytes[i] & 0xFF);
        }
        return number;
    }

    /** The 4 or 16 bytes in network order, in a new array. */
    default byte[] toBytes() {
        return switch (this) {
            case V4(int bits) -> bytes(bits, 4);
            case V6(long high, long low) -> {
                byte[] bytes = bytes(high, 16);
                System.arraycopy(bytes(low, 8), 0, bytes, 8, 8);
                yield bytes;
            }
        };
    }

    private static byte[] bytes(long number, int length) {
        byte[] bytes = new byte[length];
        int used = Math.min(length, Long.BYTES);
        for (int i = 0; i < used; i++) {
            bytes[i] = (byte) (number >>> (8 * (used - 1 - i)));
        }
        return bytes;
    }

    /**
     * The version 4 address that a mapped address ({@code ::ffff:a.b.c.d}) stands for; any other address unchanged.
     *
     * <p>Bans and standing count by this form, so that a peer has one name however it dials.
     */
    default IpAddress canonical() {
        return switch (this) {
            case V4 v4 -> v4;
            case V6 v6 when isMapped(v6) -> new V4((int) v6.low);
            case V6 v6 -> v6;
        };
    }

    private static boolean isMapped(V6 address) {
        return address.high == 0 && address.low >>> 32 == 0xFFFFL;
    }

    /**
     * Whether the address means something on the peer's own network only: private, loopback, link-local or
     * unique-local. Such an address is never told to others. Judged by the canonical form.
     */
    default boolean isLocal() {
        return isPrivate() || isLoopback() || isLinkLocal() || isUniqueLocal();
    }

    /** Whether the canonical form is in {@code 10.0.0.0/8}, {@code 172.16.0.0/12} or {@code 192.168.0.0/16}. */
    default boolean isPrivate() {
        return switch (canonical()) {
            case V4(int bits) -> bits >>> 24 == 10 || bits >>> 20 == 0xAC1 || bits >>> 16 == 0xC0A8;
            case V6 _ -> false;
        };
    }

    /** Whether the canonical form is in {@code 127.0.0.0/8} or is {@code ::1}. */
    default boolean isLoopback() {
        return switch (canonical()) {
            case V4(int bits) -> bits >>> 24 == 127;
            case V6(long high, long low) -> high == 0 && low == 1;
        };
    }

    /** Whether the canonical form is in {@code 169.254.0.0/16} or {@code fe80::/10}. */
    default boolean isLinkLocal() {
        return switch (canonical()) {
            case V4(int bits) -> bits >>> 16 == 0xA9FE;
            case V6(long high, long _) -> high >>> 54 == 0xFE80 >>> 6;
        };
    }

    /** Whether this is in {@code fc00::/7}. */
    default boolean isUniqueLocal() {
        return this instanceof V6 v6 && v6.high >>> 57 == 0xFC >>> 1;
    }

    @Override
    default int compareTo(IpAddress other) {
        return switch (this) {
            case V4 mine -> other instanceof V4 theirs ? Integer.compareUnsigned(mine.bits, theirs.bits) : -1;
            case V6 mine -> other instanceof V6 theirs ? compare(mine, theirs) : 1;
        };
    }

    private static int compare(V6 mine, V6 theirs) {
        int order = Long.compareUnsigned(mine.high, theirs.high);
        return order != 0 ? order : Long.compareUnsigned(mine.low, theirs.low);
    }
}
