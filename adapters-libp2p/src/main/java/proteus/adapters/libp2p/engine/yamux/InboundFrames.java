package proteus.adapters.libp2p.engine.yamux;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/** The rules for what the remote sends. For the event loop only. */
final class InboundFrames {

    private static final long MOST_CREDIT = 0xFFFF_FFFFL;

    private final StreamTable table;
    private final FrameWriter writer;
    private final IntConsumer opener;
    private @Nullable YamuxStreamChannel bodyOf;
    private long bodyLeft;
    private boolean finAfterBody;

    /** Frames for the streams of {@code table}; {@code opener} opens one of the remote's and adds it there. */
    InboundFrames(StreamTable table, FrameWriter writer, IntConsumer opener) {
        this.table = table;
        this.writer = writer;
        this.opener = opener;
    }

    /** Takes the header of a frame of Data or WindowUpdate; tells if it breaks a rule. */
    Optional<YamuxEvent.Failed> header(FrameHeader frame) {
        bodyOf = null;
        if (frame.streamId() == 0) {
            return violation("stream id 0", frame);
        }
        if (frame.has(FrameHeader.SYN)) {
            Optional<YamuxEvent.Failed> wrong = checkOpening(frame);
            if (wrong.isPresent()) {
                return wrong;
            }
            open(frame);
        }
        Optional<YamuxStreamChannel> stream = table.find(frame.streamId());
        if (stream.isEmpty()) {
            if (!frame.has(FrameHeader.SYN)) {
                writer.strike(Strike.IGNORED_FRAME);
            }
            return Optional.empty();
        }
        return frameOf(stream.get(), frame);
    }

    private Optional<YamuxEvent.Failed> checkOpening(FrameHeader frame) {
        if (!table.isOfRemote(frame.streamId())) {
            return violation("stream id of the wrong parity", frame);
        }
        if (table.contains(frame.streamId())) {
            return violation("stream id in use", frame);
        }
        if (frame.type() == FrameType.DATA && frame.length() > YamuxSettings.INITIAL_WINDOW) {
            return violation("more than a new stream may carry", frame);
        }
        return Optional.empty();
    }

    private void open(FrameHeader frame) {
        if (table.hasRoomForInbound()) {
            opener.accept(frame.streamId());
        } else {
            writer.write(FrameHeader.reset(frame.streamId()));
            writer.strike(Strike.REFUSED_STREAM);
        }
    }

    private Optional<YamuxEvent.Failed> frameOf(YamuxStreamChannel stream, FrameHeader frame) {
        stream.heard();
        if (frame.has(FrameHeader.RST)) {
            reset(stream);
            return Optional.empty();
        }
        return switch (frame.type()) {
            case DATA -> data(stream, frame);
            case WINDOW_UPDATE -> windowUpdate(stream, frame);
            case PING, GO_AWAY -> throw new IllegalArgumentException("not of a stream: " + frame);
        };
    }

    private void reset(YamuxStreamChannel stream) {
        // Then it had all that it will ever get, and may still be reading it.
        if (!stream.isOver()) {
            writer.strike(Strike.REMOTE_RESET);
            stream.wasReset(new StreamResetException("the remote has reset " + stream));
        }
    }

    private Optional<YamuxEvent.Failed> data(YamuxStreamChannel stream, FrameHeader frame) {
        if (stream.isFinReceived() && frame.length() > 0) {
            return violation("data after the end", frame);
        }
        long credit = stream.window().credit();
        if (!stream.window().take(frame.length())) {
            return violation("more than the window of " + credit + " bytes", frame);
        }
        bodyOf = stream;
        bodyLeft = frame.length();
        finAfterBody = frame.has(FrameHeader.FIN);
        finishIfWhole(stream);
        return Optional.empty();
    }

    private Optional<YamuxEvent.Failed> windowUpdate(YamuxStreamChannel stream, FrameHeader frame) {
        if (stream.credit() + frame.length() > MOST_CREDIT) {
            return violation("overflow of a window of " + stream.credit() + " bytes", frame);
        }
        stream.receiveCredit(frame.length());
        if (frame.has(FrameHeader.FIN)) {
            stream.receiveFin();
        }
        return Optional.empty();
    }

    /** Takes over the next bytes of the body of the frame before. */
    void body(ByteBuf piece) {
        YamuxStreamChannel stream = bodyOf;
        if (stream == null) {
            piece.release();
            return;
        }
        bodyLeft -= piece.readableBytes();
        stream.receive(piece);
        finishIfWhole(stream);
    }

    private void finishIfWhole(YamuxStreamChannel stream) {
        if (bodyLeft == 0) {
            bodyOf = null;
            if (finAfterBody) {
                stream.receiveFin();
            }
        }
    }

    private static Optional<YamuxEvent.Failed> violation(String what, FrameHeader frame) {
        return Optional.of(YamuxEvent.Failed.violation(what + ": " + frame));
    }
}
