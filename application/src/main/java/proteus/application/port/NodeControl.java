package proteus.application.port;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.domain.block.BlockHeader;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerStanding;

/**
 * What an operator may ask of a running node and order it to do. The node offers it; adapters that drive the node from
 * outside use it.
 *
 * <p>Orders return once they are stored or queued; what they cause goes on in the background. Safe for use by many
 * threads. May block on the peer store: not for an event loop.
 */
public interface NodeControl {

    /** The network this node belongs to. */
    Network network();

    /** Where this node accepts legacy connections; empty if it does not. */
    Optional<PeerAddress> ownListenAddress();

    /** Where this node accepts connections, on all stacks. */
    List<PeerEndpoint> listening();

    /** The id drawn at this start. */
    InstanceId ownInstanceId();

    /** Who this node is on libp2p; empty if it has no such stack. Stays the same over restarts. */
    Optional<PeerId> ownPeerId();

    /** The header of the tip. */
    BlockHeader tipHeader();

    /** The hash of the tip. */
    Digest tipDigest();

    /** How far this node is behind the network. */
    SyncStatus syncStatus();

    /** The connected peers, in the order in which they connected; a copy. */
    List<ConnectedPeer> peers();

    /**
     * Peers with a negative standing: stored ones, and connected ones, which win.
     *
     * @throws StoreException if the stored ones cannot be read
     */
    Map<IpAddress, PeerStanding> punishedPeers() throws StoreException;

    /** Forgets the standing of {@code ip}, stored and connected. */
    void clearStanding(IpAddress ip) throws StoreException;

    /** Forgets all standings, stored and connected. */
    void clearAllStandings() throws StoreException;

    /** Bans {@code ip}: its connections get a {@code Bye} and end, new ones are refused. */
    void ban(IpAddress ip) throws StoreException;

    /** Lifts the ban of {@code ip} and forgets its stored standing. A command-line ban stays. */
    void unban(IpAddress ip) throws StoreException;

    /** Lifts all bans but those of the command line, and forgets all stored standings. */
    void unbanAll() throws StoreException;

    /**
     * Dials {@code target} in the background; lifts a ban of its IP first, as upstream does.
     *
     * @return false if so many dials go on that this one cannot begin
     */
    boolean dial(PeerTarget target) throws StoreException;

    /** Makes sessions ignore block, proposal and transaction traffic, both ways, until {@link #unfreeze}. */
    void freeze();

    /** Ends {@link #freeze}. Nothing is replayed. */
    void unfreeze();

    /** Whether the node is frozen. */
    boolean frozen();

    /** How many addresses the node remembers. */
    int addressBookSize() throws StoreException;

    /** How many connections so far claimed the instance id of a peer that was connected from another IP. */
    long contestedConnections();

    /**
     * What has gone each way on each stack since the start, with all peers so far; never sinks. A stack without sessions may
     * be missing.
     */
    Map<Stack, PeerConnection.Traffic> traffic();

    /** How many IPs are banned, on the command line or later. */
    int bannedPeers() throws StoreException;

    /** What may be ordered of it as of a node that mines. */
    MiningControl mining();

    /** The migration of its sessions from stack to stack. */
    MigrationControl migration();

    /** What it measured of its stacks, side by side. */
    ComparisonControl comparison();

    /** Asks the program to end in an orderly way. */
    void shutdown();

    /**
     * One connected peer.
     *
     * @param connection who and how
     * @param standing its standing now
     * @param layers what the connection is made of
     * @param contested whether it claimed the instance id of another connected peer when it came
     * @param traffic what has gone each way
     * @param height of the block that either side announced to the other last
     * @param since when its session began
     */
    record ConnectedPeer(
            PeerConnection.Description connection,
            PeerConnection.Layers layers,
            boolean contested,
            PeerStanding standing,
            PeerConnection.Traffic traffic,
            long height,
            Instant since) {

        /** Whether its session is carried by libp2p, or it says on legacy where its libp2p is. */
        public boolean hasLibp2p() {
            return connection.stack() == Stack.LIBP2P
                    || connection.handshake().libp2pContact().isPresent();
        }
    }
}
