package proteus.adapters.libp2p.engine.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file with all its content on the disk under another name, until it gets its own; without that it goes on close. */
final class StagedFile implements AutoCloseable {

    private final Path file;

    private StagedFile(Path file) {
        this.file = file;
    }

    /** One in the directory of {@code target}, for its owner alone. Makes the directory if need be. */
    static StagedFile beside(Path target, byte[] content) throws IOException {
        Path directory = directory(target);
        Files.createDirectories(directory);
        // The JDK makes such a file readable by its owner alone, where there are POSIX permissions.
        StagedFile staged = new StagedFile(Files.createTempFile(directory, target.getFileName() + ".", ".partial"));
        try (FileChannel channel = FileChannel.open(staged.file, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        } catch (IOException failed) {
            staged.close();
            throw failed;
        }
        return staged;
    }

    /**
     * Gives it the name {@code target}.
     *
     * @throws java.nio.file.FileAlreadyExistsException if that name is taken
     */
    void moveTo(Path target) throws IOException {
        Files.move(file, target);
        syncDirectory(directory(target));
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    private static Path directory(Path file) throws IOException {
        Path directory = file.getParent();
        if (directory == null) {
            throw new IOException("a root is no file");
        }
        return directory;
    }

    private static void syncDirectory(Path directory) throws IOException {
        if (directory.getFileSystem().getSeparator().equals("\\")) {
            // Windows opens no directories, and needs no sync for a rename.
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
