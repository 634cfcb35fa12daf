package proteus.adapters.libp2p.engine.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A text file that keeps an own key: comments that begin with {@code #}, blank lines, and one line of hexadecimal
 * digits, which are a {@code PrivateKey} message of libp2p. Lines behind that one are not looked at. The format is
 * neptune-core's.
 *
 * <p>No existing file is ever overwritten. A file appears at once with all its content on the disk, and where the file
 * system knows POSIX permissions only its owner may read it. Not for use by several threads or processes at once.
 */
public final class IdentityFile {

    /** Far more than a key and its comments take, in bytes. */
    private static final int MAX_BYTES = 64 * 1_024;

    private static final String HEADER = """
            # The private key of this host: who has it can pose as it. Keep it secret.
            # If this file is removed, a new key is made, and others know this host by another peer id.
            """;

    private final Path path;

    /** The file at {@code path}, which need not exist. */
    public IdentityFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /**
     * The key in the file; empty if there is no file.
     *
     * @throws IdentityFileException if it cannot be read, is longer than 64 KiB, or has no valid key
     */
    public Optional<Identity> read() throws IdentityFileException {
        byte[] content;
        try (InputStream in = Files.newInputStream(path)) {
            content = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException failed) {
            throw fault("read", failed);
        }
        if (content.length > MAX_BYTES) {
            throw new IdentityFileException(path + ": longer than " + MAX_BYTES + " bytes, so no identity file");
        }
        return Optional.of(parse(new String(content, StandardCharsets.UTF_8)));
    }

    private Identity parse(String text) throws IdentityFileException {
        List<String> lines = text.lines().map(String::strip).toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isEmpty() && !line.startsWith("#")) {
                return parse(line, i + 1);
            }
        }
        throw new IdentityFileException(path + ": no line with a key in " + lines.size() + " lines");
    }

    private Identity parse(String line, int number) throws IdentityFileException {
        byte[] encoded;
        try {
            encoded = HexFormat.of().parseHex(line);
        } catch (IllegalArgumentException malformed) {
            // Without the cause: its message may show a part of the key.
            throw new IdentityFileException(path + ":" + number + ": " + line.length()
                    + " characters that are not pairs of hexadecimal digits");
        }
        try {
            return Identity.decode(encoded);
        } catch (MalformedKeyException malformed) {
            throw new IdentityFileException(path + ":" + number + ": " + malformed.getMessage(), malformed);
        }
    }

    /**
     * Makes the file with {@code identity} in it, and the directories above it.
     *
     * @throws IdentityFileException if there is a file already, or it cannot be written
     */
    public void write(Identity identity) throws IdentityFileException {
        try (StagedFile staged = stage(identity)) {
            staged.moveTo(path);
        } catch (IOException failed) {
            throw fault("written", failed);
        }
    }

    /**
     * The key in the file, or a new one from {@code random} in a new file if there is none.
     *
     * @throws IdentityFileException if the file cannot be read or written, or has no valid key
     */
    public Identity openOrCreate(SecureRandom random) throws IdentityFileException {
        Optional<Identity> present = read();
        if (present.isPresent()) {
            return present.get();
        }
        Identity fresh = Identity.generate(random);
        write(fresh);
        return fresh;
    }

    /**
     * Puts a new key from {@code random} into the file. An old file, whatever is in it, stays beside it under its name
     * with the extension replaced by the time in Unix seconds and {@code bak}, such as {@code identity.1764115200.bak}.
     *
     * @throws IdentityFileException if a file of that name exists already, or one of both cannot be written
     */
    public Identity replace(SecureRandom random, InstantSource time) throws IdentityFileException {
        Identity fresh = Identity.generate(random);
        try (StagedFile staged = stage(fresh)) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(path, backup(time.instant().getEpochSecond()));
            }
            staged.moveTo(path);
        } catch (IOException failed) {
            throw fault("replaced", failed);
        }
        return fresh;
    }

    private IdentityFileException fault(String done, IOException cause) {
        return cause instanceof FileAlreadyExistsException existing
                ? new IdentityFileException(existing.getFile() + ": exists already, and is not overwritten", cause)
                : new IdentityFileException(path + ": cannot be " + done + ": " + cause, cause);
    }

    private Path backup(long unixSeconds) {
        String name = String.valueOf(path.getFileName());
        int extension = name.lastIndexOf('.');
        String stem = extension > 0 ? name.substring(0, extension) : name;
        return path.resolveSibling(stem + "." + unixSeconds + ".bak");
    }

    private StagedFile stage(Identity identity) throws IOException {
        String text = HEADER + "\n" + HexFormat.of().formatHex(identity.encodedPrivateKey()) + "\n";
        return StagedFile.beside(path, text.getBytes(StandardCharsets.UTF_8));
    }
}
