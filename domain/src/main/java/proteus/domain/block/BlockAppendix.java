package proteus.domain.block;

import java.util.List;

/**
 * The claims that a block's proof shows.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code block_appendix.rs}.
 *
 * @param claims any number; how many are allowed is a rule of consensus
 */
public record BlockAppendix(List<Claim> claims) {

    public BlockAppendix {
        claims = List.copyOf(claims);
    }
}
