package proteus.application.mining;

import java.util.Set;
import java.util.stream.Collectors;
import proteus.domain.peer.IpAddress;

/**
 * What becomes of proposals, by the operator's will. Source: neptune-cash 0.19.4, {@code cli_args.rs}.
 *
 * @param ignoresForeign whether no proposal of a peer is taken
 * @param composers the only IPs whose proposals are taken; all are if it is empty
 * @param keepsOwnSecret whether peers are not told of this node's own proposals
 */
public record ProposalPolicy(boolean ignoresForeign, Set<IpAddress> composers, boolean keepsOwnSecret) {

    /** Proposals are taken from and given to all. */
    public static final ProposalPolicy OPEN = new ProposalPolicy(false, Set.of(), false);

    public ProposalPolicy {
        composers = composers.stream().map(IpAddress::canonical).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether proposals are taken from the peer at {@code ip}. */
    public boolean acceptsFrom(IpAddress ip) {
        return !ignoresForeign && (composers.isEmpty() || composers.contains(ip.canonical()));
    }
}
