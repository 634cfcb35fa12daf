package proteus.application.node;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import proteus.application.chain.ChainState;
import proteus.application.mining.Proposals;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.StoreException;
import proteus.application.request.PendingRequests;
import proteus.application.session.SessionNode;
import proteus.application.sync.Synchronisation;
import proteus.domain.network.Network;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerStanding;

/**
 * The node as one session sees it.
 *
 * @param reception the node
 * @param before the standing with which the session began
 */
record NodeOfSession(Reception reception, PeerStanding before) implements SessionNode {

    @Override
    public ChainState chain() {
        return reception.chain();
    }

    @Override
    public PendingRequests requests() {
        return reception.requests();
    }

    @Override
    public Synchronisation sync() {
        return reception.sync();
    }

    @Override
    public Proposals proposals() {
        return reception.proposals();
    }

    @Override
    public boolean syncing() {
        return reception.sync().active();
    }

    @Override
    public Network network() {
        return reception.settings().network();
    }

    @Override
    public void chainFailed(StoreException failure) {
        reception.chainFailed(failure);
    }

    @Override
    public boolean frozen() {
        return reception.frozen();
    }

    @Override
    public long maxBlocksServedPerMinute() {
        return reception.settings().connections().maxBlocksServedPerMinute();
    }

    /** Connected peers that take connections, at the port where they do; none that is only reachable from here. */
    @Override
    public List<PeerListEntry> peerList() {
        return reception.connectedPeers().all().stream()
                .map(member -> member.session().connection().description())
                .filter(peer -> !peer.address().ip().isLocal())
                .flatMap(peer -> entry(peer).stream())
                .limit(PeerMessage.PeerListResponse.MAX_PEERS)
                .sorted(Comparator.comparing(PeerListEntry::address))
                .toList();
    }

    private static Optional<PeerListEntry> entry(Description peer) {
        return peer.handshake()
                .listenPort()
                .map(port -> new PeerListEntry(
                        new PeerAddress(peer.address().ip(), port),
                        peer.handshake().instanceId()));
    }

    @Override
    public void heardOf(Description reporter, List<PeerListEntry> peers) {
        PeerAddress address = reporter.address();
        reception.knownPeers().heard(address, reception.settings().connections().isConfigured(address), peers);
    }

    @Override
    public void banned(Description peer, PeerStanding standing) {
        reception.banned(peer, before, standing);
    }
}
