package proteus.adapters.libp2p.engine.contract;

import io.netty.channel.EventLoop;
import proteus.adapters.libp2p.engine.upgrade.StreamMuxer;

/** Both ends of one connection with a multiplexer. */
public interface MuxerPair extends AutoCloseable {

    StreamMuxer dialler();

    StreamMuxer listener();

    /** Whose loop the dialler's end runs on. */
    EventLoop diallerLoop();

    /** Ends the connection from the dialler's side, without ending its streams before. */
    void breakConnection();

    @Override
    void close();
}
