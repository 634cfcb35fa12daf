package proteus.adapters.libp2p.engine.identify;

import java.util.List;
import java.util.Optional;
import proteus.adapters.libp2p.engine.identity.PublicKey;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/**
 * What a peer tells of itself. Of a remote nothing is proven but the key and what is signed; texts may hold any character.
 *
 * @param publicKey its key; always there in an answer, often not in a push
 * @param listenAddresses where it listens, the most useful first
 * @param protocols the ids of the protocols it serves
 * @param observedAddress where it sees the receiver, without a {@code /p2p} part
 * @param protocolVersion the family of its network, such as {@code ipfs/0.1.0}
 * @param agentVersion its program
 * @param signedPeerRecord its addresses, signed. They are to be preferred to the listed ones, unless a record of the same
 *     peer with a higher sequence number is known
 */
public record IdentifyInfo(
        Optional<PublicKey> publicKey,
        List<Multiaddr> listenAddresses,
        List<String> protocols,
        Optional<Multiaddr> observedAddress,
        Optional<String> protocolVersion,
        Optional<String> agentVersion,
        Optional<SignedPeerRecord> signedPeerRecord) {

    /** Copies the lists. */
    public IdentifyInfo {
        listenAddresses = List.copyOf(listenAddresses);
        protocols = List.copyOf(protocols);
    }

    /** This, but with all that {@code push} has; what is absent or empty there keeps its old value. */
    public IdentifyInfo updatedBy(IdentifyInfo push) {
        return new IdentifyInfo(
                push.publicKey.or(() -> publicKey),
                push.listenAddresses.isEmpty() ? listenAddresses : push.listenAddresses,
                push.protocols.isEmpty() ? protocols : push.protocols,
                push.observedAddress.or(() -> observedAddress),
                push.protocolVersion.or(() -> protocolVersion),
                push.agentVersion.or(() -> agentVersion),
                push.signedPeerRecord.or(() -> signedPeerRecord));
    }
}
