package proteus.application.wire;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Puts bytes together that no encoder of ours would write. For one thread. */
final class Malformed {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Appends hex digits; spaces do not count. */
    Malformed hex(String hex) {
        bytes.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
        return this;
    }

    /** Appends {@code times} copies of some hex digits. */
    Malformed repeated(String hex, int times) {
        byte[] unit = HexFormat.of().parseHex(hex.replace(" ", ""));
        for (int i = 0; i < times; i++) {
            bytes.writeBytes(unit);
        }
        return this;
    }

    /** Appends {@code count} zero bytes. */
    Malformed zeros(int count) {
        bytes.writeBytes(new byte[count]);
        return this;
    }

    /** Appends an announced length in its 5-byte form. */
    Malformed length(int length) {
        return hex("FC").hex(HexFormat.of().toHexDigits(Integer.reverseBytes(length)));
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
