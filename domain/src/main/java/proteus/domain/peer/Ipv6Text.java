package proteus.domain.peer;

/** Writes version 6 addresses as RFC 5952 recommends. */
final class Ipv6Text {

    private static final int GROUPS = 8;

    private Ipv6Text() {}

    static String of(IpAddress.V6 address) {
        if (address.canonical() instanceof IpAddress.V4 mapped) {
            return "::ffff:" + mapped;
        }
        int[] groups = groups(address);
        int gapStart = 0;
        int gapLength = 1; // a single zero group is written out
        for (int start = 0; start < GROUPS; start++) {
            int length = zerosFrom(groups, start);
            if (length > gapLength) {
                gapStart = start;
                gapLength = length;
            }
        }
        if (gapLength == 1) {
            return join(groups, 0, GROUPS);
        }
        return join(groups, 0, gapStart) + "::" + join(groups, gapStart + gapLength, GROUPS);
    }

    private static int[] groups(IpAddress.V6 address) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            long half = i < GROUPS / 2 ? address.high() : address.low();
            groups[i] = (int) (half >>> (16 * (GROUPS / 2 - 1 - i % (GROUPS / 2)))) & 0xFFFF;
        }
        return groups;
    }

    private static int zerosFrom(int[] groups, int start) {
        int end = start;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - start;
    }

    private static String join(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
