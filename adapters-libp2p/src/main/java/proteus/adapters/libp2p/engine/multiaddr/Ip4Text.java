package proteus.adapters.libp2p.engine.multiaddr;

import java.util.StringJoiner;

/** IP addresses of version 4 in strict dotted decimal: four numbers without leading zeros, nothing else. */
final class Ip4Text {

    static final int BYTES = 4;

    private static final int MAX_DIGITS = 3;

    private Ip4Text() {}

    static String format(byte[] address) {
        StringJoiner text = new StringJoiner(".");
        for (byte part : address) {
            text.add(Integer.toString(part & 0xFF));
        }
        return text.toString();
    }

    static byte[] parse(String text) throws MalformedMultiaddrException {
        String[] parts = text.split("\\.", BYTES + 1);
        if (parts.length != BYTES) {
            throw malformed(text);
        }
        byte[] address = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            address[i] = part(parts[i], text);
        }
        return address;
    }

    private static byte part(String digits, String text) throws MalformedMultiaddrException {
        boolean decimal = !digits.isEmpty()
                && digits.length() <= MAX_DIGITS
                && digits.chars().allMatch(each -> each >= '0' && each <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        int number = decimal ? Integer.parseInt(digits) : Integer.MAX_VALUE;
        if (number > 0xFF) {
            throw malformed(text);
        }
        return (byte) number;
    }

    private static MalformedMultiaddrException malformed(String text) {
        return new MalformedMultiaddrException(
                "no IP address of version 4: " + MalformedMultiaddrException.quoted(text));
    }
}
