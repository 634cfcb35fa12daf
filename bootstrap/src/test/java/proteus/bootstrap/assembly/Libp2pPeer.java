package proteus.bootstrap.assembly;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;
import proteus.adapters.libp2p.gateway.EngineSourceQuota;
import proteus.adapters.libp2p.gateway.GatewaySettings;
import proteus.adapters.libp2p.gateway.GatewayTransport;
import proteus.application.memory.InboundBudget;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.DialFailedException;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.network.Network;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerMessage;

/** A peer on libp2p, which dials from 127.0.0.1 and takes whatever a node says. */
final class Libp2pPeer implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final GatewayTransport transport;

    /** Somebody new who calls itself {@code instance}. */
    Libp2pPeer(long instance) {
        this(instance, Identity.generate(new SecureRandom()));
    }

    /** The same for somebody who has been there before. */
    Libp2pPeer(long instance, Identity identity) {
        transport = new GatewayTransport(
                GatewaySettings.of(new Network.RegTest(), "a test", 10).withHandshakeTimeout(Duration.ofSeconds(20)),
                identity,
                new InboundBudget(64 << 20),
                new Gate(instance),
                new EngineSourceQuota(SourceLimitSettings.defaults(), InstantSource.system()),
                InstantSource.system());
    }

    /** Takes everybody. */
    private record Gate(long instance) implements PeerGate {

        @Override
        public boolean isBanned(IpAddress ip) {
            return false;
        }

        @Override
        public boolean admits(IpAddress ip) {
            return true;
        }

        @Override
        public HandshakeData ownHandshake() {
            return RawDialler.handshake(instance);
        }

        @Override
        public HandshakeVerdict judge(HandshakeData own, HandshakeData theirs, Remote remote) {
            return new HandshakeVerdict.Accepted();
        }

        @Override
        public void connected(PeerConnection connection) {}
    }

    /** Dials; whether the node keeps it is seen in the session. */
    Session dial(PeerEndpoint node) throws DialFailedException, InterruptedException {
        return new Session(transport.dial(node));
    }

    @Override
    public void close() {
        transport.close();
    }

    /** Its end of a session. */
    static final class Session {

        private final PeerConnection connection;
        private final BlockingQueue<ConnectionEvent> events = new LinkedBlockingQueue<>();

        private Session(PeerConnection connection) {
            this.connection = connection;
            connection.open(events::add);
            connection.request();
        }

        void send(PeerMessage message) throws ConnectionClosedException {
            connection.send(message);
        }

        /** Waits for the next message; fails if the session ends instead. */
        PeerMessage read() throws InterruptedException, MalformedMessageException {
            ConnectionEvent event = next();
            if (!(event instanceof ConnectionEvent.FrameArrived(var frame))) {
                throw new AssertionError("no message but " + event);
            }
            try (frame) {
                return frame.decode();
            } finally {
                connection.request();
            }
        }

        /** Waits for the end; messages that come before are dropped. */
        void awaitEnd() throws InterruptedException {
            ConnectionEvent event = next();
            while (!(event instanceof ConnectionEvent.Closed)) {
                if (event instanceof ConnectionEvent.FrameArrived(var frame)) {
                    frame.close();
                    connection.request();
                }
                event = next();
            }
        }

        private ConnectionEvent next() throws InterruptedException {
            ConnectionEvent event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("the node says nothing, and does not end the session");
            }
            return event;
        }
    }
}
