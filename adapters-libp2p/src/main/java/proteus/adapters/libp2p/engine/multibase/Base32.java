package proteus.adapters.libp2p.engine.multibase;

import java.util.Arrays;

/** Base 32 of RFC 4648 in lower case and without padding. Only the one canonical text of some bytes is read. */
final class Base32 {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int BITS = 5;

    private Base32() {}

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int buffered = 0;
        for (byte next : bytes) {
            buffer = (buffer << Byte.SIZE) | (next & 0xFF);
            buffered += Byte.SIZE;
            while (buffered >= BITS) {
                buffered -= BITS;
                text.append(ALPHABET.charAt((buffer >>> buffered) & 31));
            }
            buffer &= (1 << buffered) - 1;
        }
        if (buffered > 0) {
            text.append(ALPHABET.charAt(buffer << (BITS - buffered)));
        }
        return text.toString();
    }

    static byte[] decode(String text) throws MalformedTextException {
        byte[] bytes = new byte[text.length() * BITS / Byte.SIZE];
        int length = 0;
        int buffer = 0;
        int buffered = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new MalformedTextException("no character of base 32 at " + i);
            }
            buffer = (buffer << BITS) | digit;
            buffered += BITS;
            if (buffered >= Byte.SIZE) {
                buffered -= Byte.SIZE;
                bytes[length] = (byte) (buffer >>> buffered);
                length++;
                buffer &= (1 << buffered) - 1;
            }
        }
        if (buffered >= BITS || buffer != 0) {
            throw new MalformedTextException("base 32 of " + text.length() + " characters with spare bits at its end");
        }
        return Arrays.copyOf(bytes, length);
    }
}
