package proteus.bootstrap.interop;

import java.io.IOException;
import java.util.Optional;
import proteus.application.frame.FrameEncoding;

/** A session of a test with a node, on either stack, after the handshake. */
interface Talk extends AutoCloseable {

    /** What its frames are written in. */
    FrameEncoding encoding();

    /** Sends these bytes as they are. */
    void sendRaw(byte... bytes) throws IOException;

    /** Sends a frame. */
    void sendFrame(byte... payload) throws IOException;

    /** Says that nothing more comes, and still reads. */
    void endOutput() throws IOException;

    /** The next frame; empty if the other side closed. */
    Optional<byte[]> readFrame() throws IOException;

    @Override
    void close() throws IOException;
}
