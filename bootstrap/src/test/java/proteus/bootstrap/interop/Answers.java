package proteus.bootstrap.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import proteus.application.frame.FrameEncoding;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.peer.PeerMessage;

/** What a node said, as text that can be compared with what another said. */
final class Answers {

    private static final int SHOWN_WHOLE = 8;

    private Answers() {}

    /** Reads until the other side says {@code last} or closes. */
    static List<String> until(Talk peer, String last) throws IOException {
        List<String> answers = new ArrayList<>();
        for (Optional<byte[]> frame = peer.readFrame(); frame.isPresent(); frame = peer.readFrame()) {
            answers.add(text(peer.encoding(), frame.get()));
            if (answers.getLast().equals(last)) {
                break;
            }
        }
        return answers;
    }

    /** A handshake by its kind alone, as no two are equal; short frames as what they mean; others by their bytes. */
    private static String text(FrameEncoding encoding, byte[] frame) {
        PeerMessage message;
        try {
            message = encoding.decode(frame);
        } catch (MalformedMessageException e) {
            throw new AssertionError("a frame that does not decode came", e);
        }
        if (message instanceof PeerMessage.Handshake) {
            return "Handshake";
        }
        if (PeerMessageCodec.encode(message).length <= SHOWN_WHOLE) {
            return message.toString();
        }
        CRC32 checksum = new CRC32();
        checksum.update(frame);
        return message.kind().upstreamName() + "[" + frame.length + " bytes, CRC "
                + Long.toHexString(checksum.getValue()) + "]";
    }
}
