package proteus.adapters.rpc;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import proteus.application.port.Carrier;
import proteus.application.port.ComparisonControl;
import proteus.application.port.MigrationControl;
import proteus.application.port.MiningControl;
import proteus.application.port.NodeControl;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.Stack;
import proteus.application.port.StoreException;
import proteus.application.port.SyncStatus;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockPow;
import proteus.domain.block.Difficulty;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.block.ProofOfWork;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerStanding;
import proteus.domain.transaction.Timestamp;

/** A node at the genesis of regtest that notes its orders as text. Its fields may be changed before a call. */
public final class FakeNode implements NodeControl {

    public static final Digest GENESIS =
            Digest.fromHex("90fa9a668b9765cea6ae07559c1bcde23338953b5414f1794554dda499359e03ff6f3b988bbe1d67");

    public final List<String> orders = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch shutdown = new CountDownLatch(1);
    final FakeMining mining = new FakeMining(orders);
    public final FakeMigration migration = new FakeMigration(orders);
    public final FakeComparison comparison = new FakeComparison();

    volatile Network network = new Network.RegTest();
    public volatile Optional<PeerAddress> listenAddress =
            Optional.of(new PeerAddress(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 31_700));
    public volatile Optional<PeerId> peerId = Optional.empty();
    volatile BlockHeader tipHeader = genesisHeader();
    public volatile List<ConnectedPeer> peers = List.of();
    public volatile SyncStatus syncStatus = new SyncStatus.Unknown();
    volatile Map<IpAddress, PeerStanding> punished = new HashMap<>();
    public volatile Map<Stack, PeerConnection.Traffic> traffic = Map.of();
    public volatile boolean storeBroken;
    volatile boolean dialsBegin = true;

    /** Reached by a call of {@link #freeze}, which then waits for {@link #released}. */
    final CountDownLatch reached = new CountDownLatch(1);

    final CountDownLatch released = new CountDownLatch(1);
    volatile boolean blocking;

    static BlockHeader genesisHeader() {
        return header(BlockHeight.GENESIS, Digest.ZERO);
    }

    static BlockHeader header(BlockHeight height, Digest parent) {
        List<Digest> path = Collections.nCopies(BlockPow.PATH_LENGTH, Digest.ZERO);
        return new BlockHeader(
                0,
                height,
                parent,
                new Timestamp(1_754_420_400_000L),
                new BlockPow(
                        Digest.fromHex(
                                "3e1fa84f975cb64968da3ac8ae872f6f63d24e281cf16a23104d64e36a5b96c50a814b4d592b5a0f"),
                        path,
                        path,
                        Digest.fromHex(
                                "000000000000000009c846caeffc0000c3e8198a52973fda4d0088380fa1a1f30000000000000000")),
                new ProofOfWork(U32Sequence.of(0, 0, 0, 0, 0, 0)),
                new Difficulty(U32Sequence.of(6000, 0, 0, 0, 0)),
                new GuesserReceiverData(
                        Digest.fromHex(
                                "6f7420706d75725465462072756f54206552206c6172656452202c65767265735520676e69706d61"),
                        Digest.fromHex(
                                "757373657250207061706d614320657250206e6f206e67690000006c6c65776f000000004a53570a")));
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public Optional<PeerAddress> ownListenAddress() {
        return listenAddress;
    }

    @Override
    public List<PeerEndpoint> listening() {
        return listenAddress.stream()
                .map(address -> new PeerEndpoint(address, Carrier.LEGACY_TCP))
                .toList();
    }

    @Override
    public Map<Stack, PeerConnection.Traffic> traffic() {
        return traffic;
    }

    @Override
    public long contestedConnections() {
        return 4;
    }

    @Override
    public InstanceId ownInstanceId() {
        return instanceId("203546597752840054192796451560124861960");
    }

    @Override
    public Optional<PeerId> ownPeerId() {
        return peerId;
    }

    static InstanceId instanceId(String decimal) {
        BigInteger number = new BigInteger(decimal);
        return new InstanceId(number.shiftRight(Long.SIZE).longValue(), number.longValue());
    }

    @Override
    public BlockHeader tipHeader() {
        return tipHeader;
    }

    @Override
    public Digest tipDigest() {
        return GENESIS;
    }

    @Override
    public SyncStatus syncStatus() {
        return syncStatus;
    }

    @Override
    public List<ConnectedPeer> peers() {
        return peers;
    }

    @Override
    public Map<IpAddress, PeerStanding> punishedPeers() throws StoreException {
        requireStore();
        return punished;
    }

    private void requireStore() throws StoreException {
        if (storeBroken) {
            throw new StoreException(StoreException.Reason.IO, "the disk is full");
        }
    }

    @Override
    public void clearStanding(IpAddress ip) {
        orders.add("clear " + ip);
    }

    @Override
    public void clearAllStandings() {
        orders.add("clear all");
    }

    @Override
    public void ban(IpAddress ip) {
        orders.add("ban " + ip);
    }

    @Override
    public void unban(IpAddress ip) {
        orders.add("unban " + ip);
    }

    @Override
    public void unbanAll() {
        orders.add("unban all");
    }

    @Override
    public boolean dial(PeerTarget target) {
        orders.add("dial " + target.address() + " " + target.protocol());
        return dialsBegin;
    }

    @Override
    public void freeze() {
        orders.add("freeze");
        if (blocking) {
            reached.countDown();
            await(released);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void unfreeze() {
        orders.add("unfreeze");
    }

    @Override
    public boolean frozen() {
        return false;
    }

    @Override
    public int addressBookSize() throws StoreException {
        requireStore();
        return 3;
    }

    @Override
    public int bannedPeers() {
        return 2;
    }

    @Override
    public MiningControl mining() {
        return mining;
    }

    @Override
    public ComparisonControl comparison() {
        return comparison;
    }

    @Override
    public MigrationControl migration() {
        return migration;
    }

    @Override
    public void shutdown() {
        orders.add("shutdown");
        shutdown.countDown();
    }

    /** A moment that several tests share. */
    static Instant moment(long seconds, int nanos) {
        return Instant.ofEpochSecond(seconds, nanos);
    }
}
