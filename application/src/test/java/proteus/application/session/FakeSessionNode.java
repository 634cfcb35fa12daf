package proteus.application.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import proteus.application.chain.ChainTip;
import proteus.application.chain.ChainView;
import proteus.application.contract.GenesisChain;
import proteus.application.port.PeerConnection;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerStanding;

/** A node at genesis that keeps what its session tells it. */
final class FakeSessionNode implements SessionNode {

    static final ChainView GENESIS = GenesisChain.of(new Network.RegTest());

    static final List<PeerListEntry> PEERS =
            List.of(new PeerListEntry(new PeerAddress(new IpAddress.V4(0x0808_0808), 9798), new InstanceId(0, 8)));

    final List<List<PeerListEntry>> heard = new CopyOnWriteArrayList<>();
    final List<PeerStanding> bans = new CopyOnWriteArrayList<>();
    volatile boolean frozen;
    volatile boolean syncing;
    volatile long maxBlocksServed = 1000;

    @Override
    public ChainView chain() {
        return new ChainView() {
            @Override
            public Digest genesis() {
                return GENESIS.genesis();
            }

            @Override
            public ChainTip tip() {
                return GENESIS.tip();
            }

            @Override
            public boolean syncing() {
                return syncing;
            }
        };
    }

    @Override
    public boolean frozen() {
        return frozen;
    }

    @Override
    public long maxBlocksServedPerMinute() {
        return maxBlocksServed;
    }

    @Override
    public List<PeerListEntry> peerList() {
        return PEERS;
    }

    @Override
    public void heardOf(PeerConnection.Description reporter, List<PeerListEntry> peers) {
        heard.add(peers);
    }

    @Override
    public void banned(PeerConnection.Description peer, PeerStanding standing) {
        bans.add(standing);
    }
}
