package planted.application.sync;

import java.io.File;

/** Goes to disk without a port. */
public final class OpensAFile {
    public boolean isThere(File file) {
        return file.exists();
    }
}
