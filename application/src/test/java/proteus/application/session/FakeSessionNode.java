package proteus.application.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import proteus.application.chain.ChainState;
import proteus.application.contract.GenesisChain;
import proteus.application.contract.InMemoryChain;
import proteus.application.contract.SeededRandomness;
import proteus.application.mining.MiningSettings;
import proteus.application.mining.Proposals;
import proteus.application.port.PeerConnection;
import proteus.application.port.StoreException;
import proteus.application.port.TaskScheduler;
import proteus.application.port.WorkPool;
import proteus.application.request.PendingRequests;
import proteus.application.sync.SyncSettings;
import proteus.application.sync.Synchronisation;
import proteus.domain.network.Network;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerStanding;

/** A node that keeps what its session tells it. */
final class FakeSessionNode implements SessionNode {

    static final GenesisChain GENESIS = GenesisChain.of(new Network.RegTest());

    static final List<PeerListEntry> PEERS =
            List.of(new PeerListEntry(new PeerAddress(new IpAddress.V4(0x0808_0808), 9798), new InstanceId(0, 8)));

    final List<List<PeerListEntry>> heard = new CopyOnWriteArrayList<>();
    final List<PeerStanding> bans = new CopyOnWriteArrayList<>();
    final List<StoreException> chainFailures = new CopyOnWriteArrayList<>();
    final PendingRequests requests = new PendingRequests();
    final Network network;
    final ChainState chain;
    final Synchronisation sync;
    Proposals proposals;
    volatile boolean frozen;
    volatile boolean syncing;
    volatile long maxBlocksServed = 1000;

    FakeSessionNode(Network network, ChainState chain, Synchronisation sync) {
        this.network = network;
        this.chain = chain;
        this.sync = sync;
        proposals = Proposals.of(network, MiningSettings.DEFAULT, chain);
    }

    /** One at genesis that does not sync. */
    static FakeSessionNode atGenesis(WorkPool pool, TaskScheduler clock) {
        return of(new Network.RegTest(), SyncSettings.DEFAULT, pool, clock);
    }

    /** One of this network. */
    static FakeSessionNode of(Network network, SyncSettings settings, WorkPool pool, TaskScheduler clock) {
        ChainState chain = InMemoryChain.of(network, pool, clock);
        return new FakeSessionNode(
                network, chain, new Synchronisation(settings, chain, clock, new SeededRandomness(1)));
    }

    @Override
    public ChainState chain() {
        return chain;
    }

    @Override
    public PendingRequests requests() {
        return requests;
    }

    @Override
    public Synchronisation sync() {
        return sync;
    }

    @Override
    public Proposals proposals() {
        return proposals;
    }

    @Override
    public boolean syncing() {
        return syncing || sync.active();
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public void chainFailed(StoreException failure) {
        chainFailures.add(failure);
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
