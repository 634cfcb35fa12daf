package proteus.application.frame;

import proteus.application.port.InboundFrame;

/** Takes what comes out of a {@link FrameChannel}. Called on the link's loop; must not block. */
public interface FrameReceiver {

    /** A frame came, one that was asked for. The receiver must close it. */
    void frame(InboundFrame frame);

    /** The framing gave up; nothing more is read. To close the channel is left to the receiver. */
    void fault(FrameFault fault);

    /** The network broke the link, which is being closed. */
    void broken(Throwable failure);

    /** The link is over. Nothing follows. */
    void ended();
}
