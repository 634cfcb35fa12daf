package proteus.adapters.libp2p.engine.multiaddr;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * IP addresses of version 6 as text: every form of RFC 4291 is read, that of RFC 5952 written. A zone is no part of it,
 * since multiaddrs have a component for that.
 */
final class Ip6Text {

    static final int BYTES = 16;

    private static final int GROUPS = 8;
    private static final int MAX_DIGITS = 4;
    private static final int MAX_TEXT = 45;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xFF, (byte) 0xFF};

    private Ip6Text() {}

    static String format(byte[] address) {
        if (Arrays.equals(address, 0, MAPPED.length, MAPPED, 0, MAPPED.length)) {
            return "::ffff:" + Ip4Text.format(Arrays.copyOfRange(address, MAPPED.length, BYTES));
        }
        String[] groups = new String[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = Integer.toHexString(ByteBuffer.wrap(address).getShort(2 * i) & 0xFFFF);
        }
        int start = 0;
        int length = 0;
        for (int i = 0; i < GROUPS; i++) {
            int run = zerosFrom(groups, i);
            if (run > length) {
                start = i;
                length = run;
            }
        }
        // A single group of zeros is not shortened.
        if (length < 2) {
            return String.join(":", groups);
        }
        return join(groups, 0, start) + "::" + join(groups, start + length, GROUPS);
    }

    private static int zerosFrom(String[] groups, int start) {
        int end = start;
        while (end < GROUPS && groups[end].equals("0")) {
            end++;
        }
        return end - start;
    }

    private static String join(String[] groups, int from, int to) {
        return String.join(":", Arrays.asList(groups).subList(from, to));
    }

    static byte[] parse(String text) throws MalformedMultiaddrException {
        if (text.length() > MAX_TEXT) {
            throw malformed(text);
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            List<Short> groups = groups(text, true, text);
            return bytes(groups, List.of(), groups.size() == GROUPS, text);
        }
        List<Short> before = groups(text.substring(0, gap), false, text);
        List<Short> after = groups(text.substring(gap + 2), true, text);
        return bytes(before, after, before.size() + after.size() < GROUPS, text);
    }

    private static byte[] bytes(List<Short> before, List<Short> after, boolean fits, String text)
            throws MalformedMultiaddrException {
        if (!fits) {
            throw malformed(text);
        }
        ByteBuffer address = ByteBuffer.allocate(BYTES);
        before.forEach(address::putShort);
        address.position(BYTES - after.size() * Short.BYTES);
        after.forEach(address::putShort);
        return address.array();
    }

    /** The groups of a part without a gap; its last may be an address of version 4 if {@code last} says so. */
    private static List<Short> groups(String part, boolean last, String text) throws MalformedMultiaddrException {
        if (part.isEmpty()) {
            return List.of();
        }
        List<Short> groups = new ArrayList<>(GROUPS);
        String[] pieces = part.split(":", -1);
        for (int i = 0; i < pieces.length; i++) {
            if (last && i == pieces.length - 1 && pieces[i].indexOf('.') >= 0) {
                ByteBuffer embedded = ByteBuffer.wrap(Ip4Text.parse(pieces[i]));
                groups.add(embedded.getShort());
                groups.add(embedded.getShort());
            } else {
                groups.add(group(pieces[i], text));
            }
        }
        return groups;
    }

    private static short group(String digits, String text) throws MalformedMultiaddrException {
        int value = 0;
        boolean valid = !digits.isEmpty() && digits.length() <= MAX_DIGITS;
        for (int i = 0; valid && i < digits.length(); i++) {
            // Of digits in other scripts, too, Character.digit would give a value.
            int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), 16) : -1;
            valid = digit >= 0;
            value = value << 4 | digit;
        }
        if (!valid) {
            throw malformed(text);
        }
        return (short) value;
    }

    private static MalformedMultiaddrException malformed(String text) {
        return new MalformedMultiaddrException(
                "no IP address of version 6: " + MalformedMultiaddrException.quoted(text));
    }
}
