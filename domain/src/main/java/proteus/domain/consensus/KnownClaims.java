package proteus.domain.consensus;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import proteus.domain.block.Claim;
import proteus.domain.hash.Digest;
import proteus.domain.transaction.Proof;

/**
 * A verifier that takes a list of claims for true, without a look at proofs, and can tell nothing of others. Upstream
 * ships such a list for the blocks before its newest proofs; here the operator gives it.
 *
 * <p>Immutable. Keeps a hash of each claim, 40 bytes and some, so that the list of the whole old chain fits memory.
 */
public final class KnownClaims implements ProofVerifier {

    private final Set<Digest> hashes;

    private KnownClaims(Set<Digest> hashes) {
        this.hashes = hashes;
    }

    /** A verifier that knows these claims. */
    public static KnownClaims of(Collection<Claim> claims) {
        return new KnownClaims(claims.stream().map(BlockClaims::hash).collect(Collectors.toUnmodifiableSet()));
    }

    /** A verifier that knows no claim. */
    public static KnownClaims none() {
        return new KnownClaims(Set.of());
    }

    @Override
    public ProofVerdict verify(Claim claim, Proof proof) {
        return hashes.contains(BlockClaims.hash(claim)) ? ProofVerdict.VALID : ProofVerdict.NOT_VERIFIED;
    }
}
