package proteus.bootstrap.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import proteus.application.frame.FrameEncoding;
import proteus.application.wire.HandshakeRecordCodec;
import proteus.application.wire.MalformedMessageException;
import proteus.bootstrap.interop.SessionRecording.Frame;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerMessage;

/**
 * What was said on one gateway stream, in the order in which it was sent. The first of either side is its record.
 *
 * @param encoding what the messages are written in
 */
record GatewayRecording(FrameEncoding encoding, List<Frame> frames) {

    GatewayRecording {
        frames = List.copyOf(frames);
    }

    /** Reads the first connection of a gzipped file. */
    static GatewayRecording read(Path file, FrameEncoding encoding) throws IOException {
        return new GatewayRecording(encoding, SessionRecording.read(file).frames());
    }

    /** Whether both have said who they are. */
    boolean hasBothRecords() {
        return frames.stream().map(Frame::fromDialler).distinct().count() == 2;
    }

    /** What the dialler said of itself. */
    HandshakeData dialler() {
        return record(true);
    }

    /** What the listener said of itself. */
    HandshakeData listener() {
        return record(false);
    }

    private HandshakeData record(boolean ofDialler) {
        try {
            return HandshakeRecordCodec.decode(first(ofDialler).payload());
        } catch (MalformedMessageException e) {
            throw new AssertionError("a recorded record does not decode", e);
        }
    }

    private Frame first(boolean ofDialler) {
        return frames.stream()
                .filter(frame -> frame.fromDialler() == ofDialler)
                .findFirst()
                .orElseThrow(() -> new AssertionError("one side has said nothing"));
    }

    /** What followed the records. */
    List<Frame> conversation() {
        List<Frame> conversation = new ArrayList<>(frames);
        conversation.remove(first(true));
        conversation.remove(first(false));
        return conversation;
    }

    /** What {@code frame}, one of the conversation, says. */
    PeerMessage message(Frame frame) {
        try {
            return encoding.decode(frame.payload());
        } catch (MalformedMessageException e) {
            throw new AssertionError("a recorded frame does not decode: " + frame.toLine(), e);
        }
    }
}
