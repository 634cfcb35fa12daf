package proteus.bootstrap.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerMessage;

/**
 * The frames of one connection, in the order in which they were sent.
 *
 * @param frames all of them, the handshake's too
 */
record SessionRecording(List<Frame> frames) {

    private static final Pattern LINE = Pattern.compile(
            "\\{\"t\": ?([0-9.]+),(?: ?\"connection\": ?(\\d+),)? ?\"from\": ?\"(dialler|listener)\", ?\"frame\": ?\"([0-9a-f]*)\"\\}");

    SessionRecording {
        frames = List.copyOf(frames);
    }

    /**
     * One frame.
     *
     * @param seconds when, since the recording began
     * @param connection which connection, from 1
     * @param fromDialler which side sent it
     * @param payload the frame without its length
     */
    record Frame(double seconds, int connection, boolean fromDialler, byte[] payload) {

        /** As a line of a file. */
        String toLine() {
            return String.format(
                    Locale.ROOT,
                    "{\"t\": %.3f, \"connection\": %d, \"from\": \"%s\", \"frame\": \"%s\"}",
                    seconds,
                    connection,
                    fromDialler ? "dialler" : "listener",
                    HexFormat.of().formatHex(payload));
        }

        PeerMessage message() {
            try {
                return PeerMessageCodec.decode(payload);
            } catch (MalformedMessageException e) {
                throw new AssertionError("a recorded frame does not decode: " + toLine(), e);
            }
        }
    }

    /** Reads the first connection of a gzipped file. */
    static SessionRecording read(Path file) throws IOException {
        return read(file, 1);
    }

    /** Reads one connection of a gzipped file. */
    static SessionRecording read(Path file, int connection) throws IOException {
        List<Frame> frames = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line : reader.lines().toList()) {
                Frame frame = frame(line);
                if (frame.connection == connection) {
                    frames.add(frame);
                }
            }
        }
        return new SessionRecording(frames);
    }

    private static Frame frame(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new AssertionError("no frame: " + line.substring(0, Math.min(80, line.length())));
        }
        return new Frame(
                Double.parseDouble(parts.group(1)),
                parts.group(2) == null ? 1 : Integer.parseInt(parts.group(2)),
                parts.group(3).equals("dialler"),
                HexFormat.of().parseHex(parts.group(4)));
    }

    /** What the dialler said of itself. */
    HandshakeData dialler() {
        return ((PeerMessage.Handshake) frames.get(0).message()).data();
    }

    /** What the listener said of itself. */
    HandshakeData listener() {
        return ((PeerMessage.Handshake) frames.get(1).message()).data();
    }

    /** What followed the handshake of an accepted session. */
    List<Frame> conversation() {
        return frames.subList(3, frames.size());
    }
}
