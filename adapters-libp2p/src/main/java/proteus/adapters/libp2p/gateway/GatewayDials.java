package proteus.adapters.libp2p.gateway;

import io.netty.util.concurrent.Future;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.Host;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.gateway.Gateway.Turn;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.HeldDial;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;

/** Dials, and waits for what comes of it. Safe for use by many threads; blocks: for virtual ones. */
final class GatewayDials {

    private static final System.Logger LOG = System.getLogger(GatewayDials.class.getName());

    private final Host host;
    private final Gateways gateways;
    /** No dial begins or goes on to say who this node is. */
    private volatile boolean stopped;
    /** What fails now does so because of that. */
    private volatile boolean closed;

    GatewayDials(Host host, Gateways gateways) {
        this.host = host;
        this.gateways = gateways;
    }

    /** Lets no more begin. */
    void stop() {
        stopped = true;
    }

    /** Says that those that are under way are about to be ended. */
    void close() {
        stop();
        closed = true;
    }

    PeerConnection dial(PeerEndpoint endpoint, PeerGate gate) throws DialFailedException, InterruptedException {
        Gateway gateway = connect(endpoint);
        gateways.begin(gateway, gate, Turn.AT_ONCE);
        return awaitSession(gateway);
    }

    HeldDial hold(PeerEndpoint endpoint, PeerGate gate) throws DialFailedException, InterruptedException {
        Gateway gateway = connect(endpoint);
        gateways.begin(gateway, gate, Turn.HELD);
        try {
            return new HeldGateway(this, gateway, gateway.heard().get());
        } catch (ExecutionException nothing) {
            throw failure(gateway);
        } catch (InterruptedException hurried) {
            gateway.giveUp(new Cause.Stopped());
            throw hurried;
        }
    }

    /** Lets a gateway that is held go on. */
    PeerConnection complete(Gateway gateway) throws DialFailedException, InterruptedException {
        if (stopped) {
            throw new DialFailedException(new Cause.Stopped());
        }
        gateway.goOn();
        return awaitSession(gateway);
    }

    private Gateway connect(PeerEndpoint endpoint) throws DialFailedException, InterruptedException {
        Multiaddr address = Endpoints.multiaddr(endpoint);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (stopped) {
            throw new DialFailedException(new Cause.Stopped());
        }
        Future<Connection> dialling = host.dial(List.of(address));
        try {
            Connection dialled = dialling.get();
            Gateway gateway = gateways.of(dialled);
            gateways.forgetAtEnd(dialled);
            return gateway;
        } catch (CancellationException stopping) {
            // The host's own end cancels what is under way.
            throw new DialFailedException(new Cause.Stopped());
        } catch (ExecutionException failed) {
            Cause cause = closed ? new Cause.Stopped() : DialCauses.of(failed);
            LOG.log(Level.DEBUG, "peer {0}: dial failed: {1}", endpoint, cause.text());
            throw new DialFailedException(cause);
        } catch (InterruptedException hurried) {
            giveUp(dialling);
            throw hurried;
        }
    }

    private void giveUp(Future<Connection> dialling) {
        dialling.cancel(false);
        dialling.addListener(dialled -> {
            if (dialled.isSuccess()) {
                gateways.of(dialling.getNow()).giveUp(new Cause.Stopped());
                gateways.forgetAtEnd(dialling.getNow());
            }
        });
    }

    private PeerConnection awaitSession(Gateway gateway) throws DialFailedException, InterruptedException {
        try {
            return switch (gateway.outcome().get()) {
                case GatewayOutcome.Connected(var connection) -> connection;
                case GatewayOutcome.Failed _ -> throw failure(gateway);
            };
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("an outcome is a value", impossible);
        } catch (InterruptedException hurried) {
            gateway.giveUp(new Cause.Stopped());
            throw hurried;
        }
    }

    private DialFailedException failure(Gateway gateway) {
        Cause cause = gateway.outcome().resultNow() instanceof GatewayOutcome.Failed(var why, var _)
                ? why
                : new Cause.RefusedByUs("nobody waits for it");
        return new DialFailedException(closed ? new Cause.Stopped() : cause);
    }
}
