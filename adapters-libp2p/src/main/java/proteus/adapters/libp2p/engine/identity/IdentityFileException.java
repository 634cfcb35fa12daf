package proteus.adapters.libp2p.engine.identity;

import java.io.IOException;

/** An identity file could not be read or written, or is none. The message names file and, if one is at fault, line. */
public final class IdentityFileException extends IOException {

    private static final long serialVersionUID = 1;

    /** Says what is wrong with which file. */
    public IdentityFileException(String message) {
        super(message);
    }

    /** Says what failed on which file, with its cause. */
    public IdentityFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
