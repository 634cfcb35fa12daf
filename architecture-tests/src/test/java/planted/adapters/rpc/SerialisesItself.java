package planted.adapters.rpc;

import java.io.IOException;
import java.io.ObjectOutputStream;

/** Lets the platform choose the bytes. */
public final class SerialisesItself {
    public void write(ObjectOutputStream out, String what) throws IOException {
        out.writeObject(what);
    }
}
