package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.Channel;
import java.util.Optional;
import proteus.adapters.libp2p.engine.event.ConnectionInfo;
import proteus.adapters.libp2p.engine.event.FailureReason;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecureSession;
import proteus.adapters.libp2p.engine.upgrade.StreamMuxer;

/** The last step of a connection's beginning, the same for every transport. Safe for use by many threads. */
final class Establisher {

    private final ProtocolTable protocols;
    private final StreamSettings settings;
    private final ConnectionTable connections;

    Establisher(ProtocolTable protocols, StreamSettings settings, ConnectionTable connections) {
        this.protocols = protocols;
        this.settings = settings;
        this.connections = connections;
    }

    ProtocolTable protocols() {
        return protocols;
    }

    /**
     * Whether the dial that {@code attempt} is part of still wants it. There is always a place for what came in.
     *
     * @throws RefusedException if it does not
     */
    static void claim(Optional<Dial.Attempt> attempt) throws RefusedException {
        if (attempt.isPresent() && !attempt.get().claim()) {
            throw cancelled();
        }
    }

    /** What an attempt fails with that nobody needs any more. */
    static RefusedException cancelled() {
        return new RefusedException(FailureReason.CANCELLED, "not needed any more");
    }

    SwarmConnection connection(
            ConnectionAccount account,
            Role role,
            String transport,
            SecureSession session,
            Multiaddr local,
            Channel channel,
            StreamMuxer muxer) {
        ConnectionInfo info = new ConnectionInfo(
                account.id(),
                session.remotePeer(),
                account.address().toString(),
                local.toString(),
                account.direction(),
                role,
                transport,
                session.protocol(),
                muxer.id());
        return new SwarmConnection(account, info, session, local, channel, muxer, settings);
    }

    /** The connection is ready. On its event loop. */
    void established(SwarmConnection connection, Optional<Dial.Attempt> attempt) {
        connections.add(connection);
        attempt.ifPresent(dialled -> dialled.won(connection));
    }
}
