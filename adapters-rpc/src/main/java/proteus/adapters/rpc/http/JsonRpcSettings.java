package proteus.adapters.rpc.http;

import java.util.Set;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/**
 * How JSON-RPC is served.
 *
 * @param address where to listen; port 0 takes any free one
 * @param modules what is served, as far as this node has it
 * @param unrestricted whether callers may do what costs much or changes the node
 * @param maxPeers the limit on connected peers that overviews show, not negative
 */
public record JsonRpcSettings(PeerAddress address, Set<RpcModule> modules, boolean unrestricted, int maxPeers) {

    /** Where upstream listens if it is not told. */
    public static final PeerAddress DEFAULT_ADDRESS =
            new PeerAddress(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 9797);

    /** What upstream serves if it is not told. */
    public static final Set<RpcModule> DEFAULT_MODULES = Set.of(RpcModule.NODE, RpcModule.CHAIN);

    public JsonRpcSettings {
        modules = Set.copyOf(modules);
        if (maxPeers < 0) {
            throw new IllegalArgumentException("negative number of peers: " + maxPeers);
        }
    }
}
