package proteus.adapters.rpc.value;

import proteus.application.port.NodeControl;
import proteus.application.port.StoreException;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/**
 * What overviews of the network tell.
 *
 * @param connections how many peers are connected
 * @param maxPeers how many may be
 * @param ownId who this node is
 * @param addressBookSize how many addresses it remembers
 * @param bannedPeers how many IPs are banned
 */
public record NetworkFacts(int connections, int maxPeers, PeerId ownId, int addressBookSize, int bannedPeers) {

    /** As they are now. */
    public static NetworkFacts of(NodeControl control, int maxPeers) throws StoreException {
        return new NetworkFacts(
                control.peers().size(), maxPeers, ownId(control), control.addressBookSize(), control.bannedPeers());
    }

    /** A node without libp2p has no id, and the field must be one: what upstream calls a legacy peer by. */
    private static PeerId ownId(NodeControl control) {
        PeerAddress unspecified = new PeerAddress(new IpAddress.V4(0), 0);
        return control.ownPeerId()
                .orElseGet(() -> PeerId.ofLegacy(control.ownListenAddress().orElse(unspecified)));
    }
}
