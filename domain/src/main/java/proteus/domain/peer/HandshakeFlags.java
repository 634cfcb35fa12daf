package proteus.domain.peer;

import java.util.OptionalInt;

/**
 * What a node says with the {@code extra_data} of its handshake: one flag per character, by position.
 *
 * <p>Positions count Unicode characters, not UTF-16 units. A missing character means the default of its flag. Source:
 * neptune-p2p 0.19.4, {@code peer/handshake_data.rs}.
 *
 * @param wantsTransactions whether the node wants transactions and their announcements; position 0
 * @param archivalMutatorSetWork w, if the node serves its archival mutator set for a ticket of 2<sup>w</sup> expected
 *     hashes, in {@code [0, 206]}; empty if it does not serve it; position 1
 */
public record HandshakeFlags(boolean wantsTransactions, OptionalInt archivalMutatorSetWork) {

    /** What the empty string says, as versions up to 0.19.0 send it: transactions wanted, no mutator set served. */
    public static final HandshakeFlags DEFAULT = new HandshakeFlags(true, OptionalInt.empty());

    /** The greatest w that one character can express. */
    public static final int MAX_WORK = 0xFF - '1';

    /** The greatest w that is worth asking for; upstream does not ask above it. */
    public static final int MAX_WORK_TO_SPEND = 27;

    /**
     * The position from which on upstream reads nothing. There Proteus nodes tell one another their {@link Libp2pContact}.
     */
    public static final int FIRST_FREE_POSITION = 8;

    private static final int NO = '0';
    private static final int YES = '1';

    public HandshakeFlags {
        if (archivalMutatorSetWork.isPresent()
                && (archivalMutatorSetWork.getAsInt() < 0 || archivalMutatorSetWork.getAsInt() > MAX_WORK)) {
            throw new IllegalArgumentException("work outside 0 to 206: " + archivalMutatorSetWork.getAsInt());
        }
    }

    /** Reads the flags from any text; there is no wrong one. */
    public static HandshakeFlags parse(String extraData) {
        int[] characters = extraData.codePoints().limit(2).toArray();
        boolean wantsTransactions = characters.length < 1 || characters[0] != NO;
        boolean servesMutatorSet = characters.length == 2 && characters[1] >= YES && characters[1] - YES <= MAX_WORK;
        return new HandshakeFlags(
                wantsTransactions, servesMutatorSet ? OptionalInt.of(characters[1] - YES) : OptionalInt.empty());
    }

    /** The two characters that say this. */
    public String toExtraData() {
        int work = archivalMutatorSetWork.isPresent() ? YES + archivalMutatorSetWork.getAsInt() : NO;
        return Character.toString(wantsTransactions ? YES : NO) + Character.toString(work);
    }

    /** Whether to ask the node for its archival mutator set: it serves it, and the work it demands is bearable. */
    public boolean offersArchivalMutatorSet() {
        return archivalMutatorSetWork.isPresent() && archivalMutatorSetWork.getAsInt() <= MAX_WORK_TO_SPEND;
    }
}
