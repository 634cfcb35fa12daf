package proteus.application.mining;

import proteus.domain.block.GuesserReceiverData;
import proteus.domain.consensus.BlockSubsidy;
import proteus.domain.hash.Digest;

/**
 * How a node mines.
 *
 * @param composes whether it makes proposals
 * @param guesses whether it looks for nonces of the proposal that it holds
 * @param guesserThreads how many threads do so, positive; they also make the blocks that an operator orders
 * @param minimumGuesserFraction the least share of the subsidy that a foreign proposal must pay to be guessed on, in [0, 1]
 * @param receiver who gets what is earned
 * @param policy what becomes of proposals
 */
public record MiningSettings(
        boolean composes,
        boolean guesses,
        int guesserThreads,
        double minimumGuesserFraction,
        GuesserReceiverData receiver,
        ProposalPolicy policy) {

    /** Upstream's least share. */
    public static final double DEFAULT_MINIMUM_GUESSER_FRACTION = 0.5;

    /** Nobody: what goes there is lost. */
    public static final GuesserReceiverData NOBODY = new GuesserReceiverData(Digest.ZERO, Digest.ZERO);

    /** Mines by order only, with one thread, for nobody. */
    public static final MiningSettings DEFAULT =
            new MiningSettings(false, false, 1, DEFAULT_MINIMUM_GUESSER_FRACTION, NOBODY, ProposalPolicy.OPEN);

    public MiningSettings {
        if (guesserThreads < 1) {
            throw new IllegalArgumentException("guesser threads: " + guesserThreads);
        }
        if (!(minimumGuesserFraction >= 0 && minimumGuesserFraction <= 1)) {
            throw new IllegalArgumentException("minimum guesser fraction: " + minimumGuesserFraction);
        }
    }

    /** Whether the node mines without being ordered to. */
    public boolean mines() {
        return composes || guesses;
    }

    /** Whether {@code proposal} pays enough to be guessed on; own ones always do. */
    boolean isWorthGuessing(Proposal proposal) {
        return switch (proposal.origin()) {
            case OWN -> true;
            case FOREIGN -> fraction(proposal) >= minimumGuesserFraction;
        };
    }

    private static double fraction(Proposal proposal) {
        double subsidy = BlockSubsidy.at(proposal.height()).toUnits().doubleValue();
        // When nothing is minted any more, any fee is all that there is.
        return subsidy == 0 ? 1 : proposal.reward().toUnits().doubleValue() / subsidy;
    }
}
