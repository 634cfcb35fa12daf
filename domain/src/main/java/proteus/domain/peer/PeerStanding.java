package proteus.domain.peer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How much a peer is trusted: a score between minus and plus the tolerance, which starts at 0.
 *
 * <p>A negative score halves for every full {@link #HALF_LIFE} since the latest punishment; a positive one stays. The
 * score is stored as of the latest change, so whoever reads it says what time it is. A clock that went backwards halves
 * nothing. Immutable. Source: neptune-p2p 0.19.4, {@code peer.rs}.
 *
 * @param score the score as of the latest change, in {@code [-tolerance, tolerance]}
 * @param latestPunishment the latest punishment, and the time from which half-lives count; empty if there was none
 * @param latestReward the latest reward; empty if there was none
 * @param tolerance the score below zero at which the standing is bad, at least 1
 */
public record PeerStanding(
        int score, Optional<Punishment> latestPunishment, Optional<Reward> latestReward, int tolerance) {

    /** The tolerance that upstream uses unless told otherwise. */
    public static final int DEFAULT_TOLERANCE = 1000;

    /** How long it takes until a negative score is half of what it was. */
    public static final Duration HALF_LIFE = Duration.ofDays(2);

    /** After so many halvings every 32-bit score is 0; one fewer leaves -1. */
    private static final int HALVINGS_TO_ZERO = 32;

    public PeerStanding {
        if (tolerance < 1) {
            throw new IllegalArgumentException("tolerance below 1: " + tolerance);
        }
        if (score < -tolerance || score > tolerance) {
            throw new IllegalArgumentException("score " + score + " outside the tolerance of " + tolerance);
        }
    }

    /**
     * A punishment and when it was given.
     *
     * @param sanction what for
     * @param time when; moved forward by the half-lives that were written into the score since
     */
    public record Punishment(NegativePeerSanction sanction, Instant time) {}

    /**
     * A reward and when it was given.
     *
     * @param sanction what for
     * @param time when
     */
    public record Reward(PositivePeerSanction sanction, Instant time) {}

    /**
     * The standing of a peer that nothing is known of.
     *
     * @throws IllegalArgumentException if {@code tolerance} is below 1
     */
    public static PeerStanding neutral(int tolerance) {
        return new PeerStanding(0, Optional.empty(), Optional.empty(), tolerance);
    }

    /** The score at {@code now}. */
    public int scoreAt(Instant now) {
        if (score >= 0) {
            return score;
        }
        long halvings = halvingsUntil(now);
        // An arithmetic shift rounds towards minus infinity: -1 stays -1.
        return halvings >= HALVINGS_TO_ZERO ? 0 : score >> halvings;
    }

    /** Whether the score at {@code now} is at the lower end, where the peer is not welcome. */
    public boolean isBadAt(Instant now) {
        return scoreAt(now) <= -tolerance;
    }

    /** The standing after {@code sanction} was given at {@code now}. */
    public PeerStanding after(PeerSanction sanction, Instant now) {
        PeerStanding decayed = decayedUntil(now);
        long sum = (long) decayed.score + sanction.severity();
        int newScore = Math.clamp(sum, -tolerance, tolerance);
        return switch (sanction) {
            case NegativePeerSanction negative ->
                new PeerStanding(newScore, Optional.of(new Punishment(negative, now)), latestReward, tolerance);
            case PositivePeerSanction positive ->
                new PeerStanding(newScore, decayed.latestPunishment, Optional.of(new Reward(positive, now)), tolerance);
        };
    }

    /**
     * The standing after the operator banned the peer: the lowest score.
     *
     * <p>As upstream has it, this is no punishment. So the ban of a peer that was never punished does not decay, and
     * that of any other counts half-lives from its latest punishment.
     */
    public PeerStanding afterOperatorBan() {
        return new PeerStanding(-tolerance, latestPunishment, latestReward, tolerance);
    }

    private PeerStanding decayedUntil(Instant now) {
        if (score >= 0 || latestPunishment.isEmpty()) {
            return this;
        }
        Punishment punishment = latestPunishment.get();
        Instant reference = punishment.time().plus(HALF_LIFE.multipliedBy(halvingsUntil(now)));
        return new PeerStanding(
                scoreAt(now), Optional.of(new Punishment(punishment.sanction(), reference)), latestReward, tolerance);
    }

    private long halvingsUntil(Instant now) {
        if (latestPunishment.isEmpty() || now.isBefore(latestPunishment.get().time())) {
            return 0;
        }
        return Duration.between(latestPunishment.get().time(), now).dividedBy(HALF_LIFE);
    }
}
