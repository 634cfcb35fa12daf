package proteus.adapters.libp2p.engine.multistream;

/**
 * What one negotiation may cost.
 *
 * @param maxMessageBytes the longest message that is read, in bytes with its newline and without its length, 19 (the
 *     header) to 16,383 (what two bytes of length can say)
 * @param maxMessages how many messages a listener reads, the header among them, at least 2
 */
public record MultistreamSettings(int maxMessageBytes, int maxMessages) {

    /** What other implementations allow, or less: 1,024 bytes and 64 messages. */
    public static final MultistreamSettings STANDARD = new MultistreamSettings(1024, 64);

    /** Checks the ranges. */
    public MultistreamSettings {
        if (maxMessageBytes < 19 || maxMessageBytes > 16_383) {
            throw new IllegalArgumentException("messages of at most " + maxMessageBytes + " bytes");
        }
        if (maxMessages < 2) {
            throw new IllegalArgumentException("at most " + maxMessages + " messages");
        }
    }
}
