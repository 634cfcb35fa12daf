package proteus.bootstrap.config;

import static proteus.bootstrap.config.Heading.MINING;

import java.util.List;
import java.util.regex.Pattern;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.hash.Digest;
import proteus.domain.peer.IpAddress;

/** The flags for mining and for proposals. */
final class MiningFlags {

    private static final Pattern TWO_DIGESTS = Pattern.compile("[0-9A-Fa-f]{80}:[0-9A-Fa-f]{80}");
    private static final int MOST_THREADS = 1024;

    static final Flag<Boolean> COMPOSE = Flag.toggle(
            MINING,
            "compose",
            "Make block proposals. There is no wallet to pay, so the guesser gets the whole subsidy; blocks have no "
                    + "transactions. Conflicts with --blocks-only.");

    static final Flag<Boolean> GUESS = Flag.toggle(
            MINING, "guess", "Search nonces for the best proposal, or for the own one when composing, too.");

    static final Flag<Long> GUESSER_THREADS = Flag.one(
            MINING,
            "guesser-threads",
            "COUNT",
            Kind.number(1, MOST_THREADS),
            "Threads for guessing, of low priority. Default: one for each core.");

    static final Flag<Double> MINIMUM_GUESSER_FRACTION = Flag.one(
            MINING,
            "minimum-guesser-fraction",
            "FRACTION",
            Kind.fraction(),
            "Proposals of others that pay their guesser less of the subsidy are not guessed on. Default: 0.5.");

    static final Flag<GuesserReceiverData> GUESSER_RECEIVER = Flag.one(
            MINING,
            "guesser-receiver",
            "DIGEST:HASH",
            MiningFlags::receiver,
            "Who gets the rewards: a receiver digest and the hash of a lock script, 80 hex digits each. Without it "
                    + "nobody does, and they are lost.");

    static final Flag<Boolean> SECRET_COMPOSITIONS =
            Flag.toggle(MINING, "secret-compositions", "Do not tell peers of own proposals.");

    static final Flag<IpAddress> WHITELISTED_COMPOSER = Flag.many(
            MINING, "whitelisted-composer", "IP", Kind.ip(), "Take proposals from these IPs only. May be given again.");

    static final Flag<Boolean> IGNORE_FOREIGN_COMPOSITIONS =
            Flag.toggle(MINING, "ignore-foreign-compositions", "Ignore the proposals of peers.");

    private MiningFlags() {}

    static List<Flag<?>> all() {
        return List.of(
                COMPOSE,
                GUESS,
                GUESSER_THREADS,
                MINIMUM_GUESSER_FRACTION,
                GUESSER_RECEIVER,
                SECRET_COMPOSITIONS,
                WHITELISTED_COMPOSER,
                IGNORE_FOREIGN_COMPOSITIONS);
    }

    private static GuesserReceiverData receiver(String text) throws BadValueException {
        if (TWO_DIGESTS.matcher(text).matches()) {
            try {
                int colon = text.indexOf(':');
                return new GuesserReceiverData(
                        Digest.fromHex(text.substring(0, colon)), Digest.fromHex(text.substring(colon + 1)));
            } catch (IllegalArgumentException notCanonical) {
                throw new BadValueException("'" + text + "' has " + notCanonical.getMessage());
            }
        }
        throw Kind.not(text, "two digests of 80 hex digits with a colon between them");
    }
}
