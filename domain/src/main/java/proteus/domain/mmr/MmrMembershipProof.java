package proteus.domain.mmr;

import java.util.List;
import proteus.domain.hash.Digest;

/**
 * Proves that a leaf belongs to a Merkle mountain range.
 *
 * @param authenticationPath the siblings on the way from the leaf to its peak, leaf level first
 */
public record MmrMembershipProof(List<Digest> authenticationPath) {

    public MmrMembershipProof {
        authenticationPath = List.copyOf(authenticationPath);
    }
}
