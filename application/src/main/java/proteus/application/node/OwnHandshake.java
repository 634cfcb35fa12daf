package proteus.application.node;

import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import proteus.application.chain.ChainView;
import proteus.domain.network.Network;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeFlags;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.PeerTime;

/** What this node says of itself to every peer. Safe for use by many threads. */
final class OwnHandshake {

    /** No transactions wanted, no archival mutator set served: neither exists here yet. */
    private static final String EXTRA_DATA = new HandshakeFlags(false, OptionalInt.empty()).toExtraData();

    private final Network network;
    private final InstanceId instanceId;
    private final ChainView chain;
    private final InstantSource clock;
    private volatile Optional<Integer> listenPort = Optional.empty();

    OwnHandshake(Network network, InstanceId instanceId, ChainView chain, InstantSource clock) {
        this.network = network;
        this.instanceId = instanceId;
        this.chain = chain;
        this.clock = clock;
    }

    /** From now on, says that legacy connections are taken at this port. */
    void listeningAt(int port) {
        listenPort = Optional.of(port);
    }

    /** The id drawn at this start. */
    InstanceId instanceId() {
        return instanceId;
    }

    /** The handshake as of now. */
    HandshakeData now() {
        return new HandshakeData(
                chain.tip().header(),
                listenPort,
                network,
                instanceId,
                NodeSettings.HANDSHAKE_VERSION,
                true,
                false,
                PeerTime.of(clock.instant()),
                EXTRA_DATA);
    }
}
