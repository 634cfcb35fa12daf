package proteus.adapters.legacytcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerMessage;

/**
 * The frames of a session between two real nodes, in the order in which they were recorded.
 *
 * @param frames the handshake first: request, response, status
 */
record Recording(List<Frame> frames) {

    private static final Pattern LINE =
            Pattern.compile("\"from\": ?\"(dialler|listener)\", ?\"frame\": ?\"([0-9a-f]+)\"");

    Recording {
        frames = List.copyOf(frames);
    }

    /** One frame: who sent it, and its payload. */
    record Frame(boolean fromDialler, byte[] payload) {

        PeerMessage message() {
            try {
                return PeerMessageCodec.decode(payload);
            } catch (MalformedMessageException e) {
                throw new AssertionError("a recorded frame does not decode", e);
            }
        }
    }

    /** Reads the recording of this name from the test resources of the application. */
    static Recording named(String name) {
        String resource = "recordings/" + name + ".jsonl.gz";
        try (var stream = Objects.requireNonNull(
                        Recording.class.getClassLoader().getResourceAsStream(resource), resource);
                var reader = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.UTF_8))) {
            return new Recording(reader.lines().map(Recording::frame).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Frame frame(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.find()) {
            throw new AssertionError("no frame in: " + line);
        }
        return new Frame(matcher.group(1).equals("dialler"), HexFormat.of().parseHex(matcher.group(2)));
    }

    /** What the dialler said of itself. */
    HandshakeData dialler() {
        return handshake(frames.get(0));
    }

    /** What the listener said of itself. */
    HandshakeData listener() {
        return handshake(frames.get(1));
    }

    /** What followed the handshake. */
    List<Frame> conversation() {
        return frames.subList(3, frames.size());
    }

    private static HandshakeData handshake(Frame frame) {
        return ((PeerMessage.Handshake) frame.message()).data();
    }
}
