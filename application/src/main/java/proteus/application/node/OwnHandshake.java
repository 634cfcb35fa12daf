package proteus.application.node;

import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import proteus.application.chain.ChainView;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.domain.network.Network;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeFlags;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.Libp2pContact;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerTime;

/** What this node says of itself to every peer. Safe for use by many threads. */
final class OwnHandshake {

    /** No transactions wanted, no archival mutator set served: neither exists here yet. */
    private static final HandshakeFlags FLAGS = new HandshakeFlags(false, OptionalInt.empty());

    private final Network network;
    private final InstanceId instanceId;
    private final ChainView chain;
    private final InstantSource clock;
    // Guarded by this.
    private Optional<Integer> listenPort = Optional.empty();
    private Optional<PeerId> peerId = Optional.empty();
    private Optional<Integer> tcpPort = Optional.empty();
    private Optional<Integer> quicPort = Optional.empty();

    OwnHandshake(Network network, InstanceId instanceId, ChainView chain, InstantSource clock) {
        this.network = network;
        this.instanceId = instanceId;
        this.chain = chain;
        this.clock = clock;
    }

    /**
     * From now on, says who this node is on libp2p, also while it takes no connections there: who is not named in the
     * handshake of a legacy session cannot carry it on over libp2p.
     */
    synchronized void identifiedAs(PeerId id) {
        peerId = Optional.of(id);
    }

    /** From now on, says that connections are taken there. */
    synchronized void listeningAt(PeerEndpoint endpoint) {
        Optional<Integer> port = Optional.of(endpoint.address().port());
        switch (endpoint.carrier()) {
            case LEGACY_TCP -> listenPort = port;
            case LIBP2P_TCP -> tcpPort = port;
            case LIBP2P_QUIC -> quicPort = port;
        }
    }

    /** From now on, says that no connections are taken by this carrier. */
    synchronized void notListeningAt(Carrier carrier) {
        switch (carrier) {
            case LEGACY_TCP -> listenPort = Optional.empty();
            case LIBP2P_TCP -> tcpPort = Optional.empty();
            case LIBP2P_QUIC -> quicPort = Optional.empty();
        }
    }

    /** The id drawn at this start. */
    InstanceId instanceId() {
        return instanceId;
    }

    private String extraData() {
        return peerId.map(id -> new Libp2pContact(id, tcpPort, quicPort).toExtraData(FLAGS))
                .orElseGet(FLAGS::toExtraData);
    }

    /** The handshake as of now. */
    synchronized HandshakeData now() {
        return new HandshakeData(
                chain.tip().header(),
                listenPort,
                network,
                instanceId,
                NodeSettings.HANDSHAKE_VERSION,
                true,
                false,
                PeerTime.of(clock.instant()),
                extraData());
    }
}
