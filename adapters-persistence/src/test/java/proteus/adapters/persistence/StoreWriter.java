package proteus.adapters.persistence;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import proteus.application.port.StoreException;

/**
 * Opens a store and writes numbered records until it is killed, saying each number when its write has returned.
 *
 * <p>Arguments: the store's directory, the first number or {@code idle} to write nothing, and a directory for backups or {@code -} for none.
 */
final class StoreWriter {

    private static final int WRITES_BETWEEN_BACKUPS = 40;

    private StoreWriter() {}

    public static void main(String[] arguments) throws IOException, StoreException {
        PrintStream out = System.out;
        out.println("opening");
        out.flush();
        RocksDbPeerStore store = open(Path.of(arguments[0]));
        out.println("open");
        out.flush();
        if (arguments[1].equals("idle")) {
            System.in.read();
            return;
        }
        for (int number = Integer.parseInt(arguments[1]); ; number++) {
            try {
                NumberedRecords.put(store, number);
                MigrationRecords.put(store.migration(), number);
            } catch (StoreException failure) {
                throw ended(failure);
            }
            out.println(number);
            out.flush();
            if (!arguments[2].equals("-") && number % WRITES_BETWEEN_BACKUPS == 0) {
                store.backup(Path.of(arguments[2]).resolve("backup-" + number));
            }
        }
    }

    private static RocksDbPeerStore open(Path dir) {
        try {
            return RocksDbPeerStore.open(dir);
        } catch (StoreException failure) {
            throw ended(failure);
        }
    }

    /** Says what is wrong and ends the process without closing anything. */
    private static IllegalStateException ended(StoreException failure) {
        System.out.println(failure.reason() + " " + failure.getMessage());
        System.out.flush();
        Runtime.getRuntime().halt(1);
        return new IllegalStateException("not reached", failure);
    }
}
