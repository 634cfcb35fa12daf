package proteus.adapters.libp2p.engine.yamux;

import io.netty.util.collection.IntObjectHashMap;
import java.util.List;
import java.util.Optional;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.StreamRefusedException;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/** The streams of a session by their ids. But for {@link #size}, for the event loop only. */
final class StreamTable {

    private static final long LAST_ID = 0xFFFF_FFFFL;

    private final Role role;
    private final YamuxSettings.StreamLimits limits;
    private final IntObjectHashMap<YamuxStreamChannel> streams = new IntObjectHashMap<>();
    private int inbound;
    private int unacknowledged;
    private long nextId;
    private volatile int size;

    StreamTable(Role role, YamuxSettings.StreamLimits limits) {
        this.role = role;
        this.limits = limits;
        this.nextId = role == Role.DIALLER ? 1 : 2;
    }

    int size() {
        return size;
    }

    /** Whether {@code id} is one that the remote gives to its streams. */
    boolean isOfRemote(int id) {
        return (id & 1) == (role == Role.DIALLER ? 0 : 1);
    }

    boolean contains(int id) {
        return streams.containsKey(id);
    }

    /** The stream with this id, unless the remote cannot know of it. */
    Optional<YamuxStreamChannel> find(int id) {
        return Optional.ofNullable(streams.get(id)).filter(YamuxStreamChannel::isKnownToRemote);
    }

    boolean hasRoomForInbound() {
        return inbound < limits.inbound();
    }

    /** The id for the next stream of ours. */
    int nextOutboundId() throws StreamRefusedException {
        int outbound = size - inbound;
        if (outbound >= limits.outbound()) {
            throw new StreamRefusedException(outbound + " streams of ours are open");
        }
        if (unacknowledged >= limits.unacknowledged()) {
            throw new StreamRefusedException(unacknowledged + " streams of ours are not acknowledged");
        }
        if (nextId > LAST_ID) {
            throw new StreamRefusedException("all " + LAST_ID / 2 + " stream ids are used");
        }
        int id = (int) nextId;
        nextId += 2;
        return id;
    }

    void add(YamuxStreamChannel stream) {
        streams.put(stream.streamId(), stream);
        size = streams.size();
        if (isOfRemote(stream.streamId())) {
            inbound++;
        } else {
            unacknowledged++;
        }
    }

    /** Notes that the remote has said something on a stream of ours for the first time. */
    void acknowledged() {
        unacknowledged--;
    }

    void remove(YamuxStreamChannel stream, boolean acknowledged) {
        if (streams.remove(stream.streamId()) == null) {
            return;
        }
        size = streams.size();
        if (isOfRemote(stream.streamId())) {
            inbound--;
        } else if (!acknowledged) {
            unacknowledged--;
        }
    }

    void resetAll(String message) {
        for (YamuxStreamChannel stream : List.copyOf(streams.values())) {
            stream.wasReset(new StreamResetException(message));
        }
    }
}
