package proteus.bootstrap.command;

import proteus.application.port.StoreException;

/** The exit codes of every command, as {@code proteus --help} and docs/configuration.md list them. */
public final class ExitCode {

    /** The command did what it was asked; a node ended as it was told. */
    public static final int OK = 0;

    /** The command ran and failed, or found a disagreement; a node could not start. */
    public static final int FAILED = 1;

    /** The command line, or another source of the configuration, is wrong: nothing was run. */
    public static final int MISUSE = 2;

    /** What Java itself ends with when it is told, as the launcher tells it, to exit when memory runs out. */
    public static final int OUT_OF_MEMORY = 3;

    /** The store is open in another process. */
    public static final int STORE_LOCKED = 4;

    /** The store was written by a newer version of this program. */
    public static final int STORE_OF_NEWER_VERSION = 5;

    /** The store, or the backup, is damaged. */
    public static final int STORE_DAMAGED = 6;

    private ExitCode() {}

    /** How a command ends that a store with this trouble ended. */
    public static int of(StoreException.Reason reason) {
        return switch (reason) {
            case LOCKED -> STORE_LOCKED;
            case NEWER_SCHEMA -> STORE_OF_NEWER_VERSION;
            case CORRUPT -> STORE_DAMAGED;
            case OTHER_NETWORK, IO, CLOSED -> FAILED;
        };
    }
}
