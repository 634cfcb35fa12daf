package proteus.adapters.libp2p.engine.stream;

import io.netty.channel.ChannelHandler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Opens the streams of a test, and afterwards closes them and releases what nobody read. */
public final class TestStreams implements AfterEachCallback {

    private final List<DuplexEmbeddedChannel> opened = new ArrayList<>();

    /** A stream with these handlers. */
    public DuplexEmbeddedChannel open(ChannelHandler... handlers) {
        DuplexEmbeddedChannel stream = new DuplexEmbeddedChannel(handlers);
        opened.add(stream);
        return stream;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        opened.forEach(DuplexEmbeddedChannel::finishAndReleaseAll);
    }
}
