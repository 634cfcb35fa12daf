package proteus.adapters.rpc;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import proteus.application.port.Randomness;
import tools.jackson.core.JsonGenerator;

/**
 * The secret by which the operator is known: whoever can read the file may give orders.
 *
 * <p>Never shown, not even by {@link #toString}.
 */
final class RpcCookie {

    /** Bytes in a cookie. */
    static final int BYTES = 32;

    /** The name of the file in the data directory. */
    static final String FILE_NAME = ".cookie";

    private final byte[] secret;

    private RpcCookie(byte[] secret) {
        this.secret = secret;
    }

    /** What a client presents. */
    static RpcCookie presented(byte[] bytes) {
        return new RpcCookie(bytes.clone());
    }

    /** A fresh one. */
    static RpcCookie draw(Randomness randomness) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        while (bytes.hasRemaining()) {
            bytes.putLong(randomness.nextLong());
        }
        return new RpcCookie(bytes.array());
    }

    /**
     * The one of the node that keeps its files in {@code directory}.
     *
     * @throws IOException if there is none, it cannot be read, or it is too short
     */
    static RpcCookie read(Path directory) throws IOException {
        try (InputStream file = Files.newInputStream(directory.resolve(FILE_NAME))) {
            byte[] bytes = file.readNBytes(BYTES);
            if (bytes.length < BYTES) {
                throw new EOFException("it has " + bytes.length + " bytes in place of " + BYTES);
            }
            return new RpcCookie(bytes);
        }
    }

    /** Writes what a client presents. */
    void writeTo(JsonGenerator json) {
        json.writeStartObject();
        json.writeName("Cookie").writeStartArray();
        for (byte each : secret) {
            json.writeNumber(Byte.toUnsignedInt(each));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /**
     * Writes the cookie over that of an earlier start: a reader sees the old one or the new one, whole, and no other
     * user sees either.
     */
    void write(Path directory, Randomness randomness) throws IOException {
        String suffix = HexFormat.of().toHexDigits(randomness.nextLong());
        Path temporary = directory.resolve(FILE_NAME + "." + suffix);
        try {
            try (FileChannel file = FileChannel.open(
                    temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
                ByteBuffer bytes = ByteBuffer.wrap(secret);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(true);
            }
            Files.move(temporary, directory.resolve(FILE_NAME), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Whether {@code presented} is this cookie, in a time that does not tell where they differ. */
    boolean matches(RpcCookie presented) {
        return MessageDigest.isEqual(secret, presented.secret);
    }

    @Override
    public String toString() {
        return "RpcCookie[…]";
    }
}
