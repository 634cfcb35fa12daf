package proteus.adapters.libp2p.engine.security.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;

/** Two embedded channels that are each other's remote. */
final class Wire implements AutoCloseable {

    final EmbeddedChannel dialler;
    final EmbeddedChannel listener;

    Wire(ChannelHandler dialler, ChannelHandler listener) {
        this.listener = new EmbeddedChannel(listener);
        this.dialler = new EmbeddedChannel(dialler);
    }

    /** Carries bytes both ways until none are left; a closed side closes the other. */
    void run() {
        boolean moved;
        do {
            dialler.runPendingTasks();
            listener.runPendingTasks();
            moved = carry(dialler, listener) | carry(listener, dialler);
        } while (moved);
    }

    private static boolean carry(EmbeddedChannel from, EmbeddedChannel to) {
        boolean moved = false;
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            moved = true;
            if (to.isActive()) {
                to.writeInbound(bytes);
            } else {
                bytes.release();
            }
        }
        if (!moved && !from.isActive() && to.isActive()) {
            to.close();
            moved = true;
        }
        return moved;
    }

    @Override
    public void close() {
        dialler.finishAndReleaseAll();
        listener.finishAndReleaseAll();
    }
}
