package proteus.adapters.libp2p.engine.identify;

import java.time.Duration;

/**
 * How much of a remote's telling is heard.
 *
 * <p>More messages, longer ones, or a longer time fail it. What is above the other limits is left out, the rest is kept.
 *
 * @param messageBytes the longest message, in bytes
 * @param messages how many messages there may be, whose fields are merged
 * @param protocols how many different protocols are kept
 * @param addresses how many different addresses are kept, of the listed and of the signed ones each
 * @param textBytes the longest protocol name and version text, in bytes of UTF-8
 * @param timeout how long it may take until the remote has ended its side
 */
public record IdentifyLimits(
        int messageBytes, int messages, int protocols, int addresses, int textBytes, Duration timeout) {

    /** @throws IllegalArgumentException if one of them is not positive */
    public IdentifyLimits {
        int least = Math.min(Math.min(messageBytes, messages), Math.min(Math.min(protocols, addresses), textBytes));
        if (least <= 0 || !timeout.isPositive()) {
            throw new IllegalArgumentException("a limit that is not positive, " + least + " or " + timeout);
        }
    }

    /**
     * Ten messages of 8 KiB as in go-libp2p, 60 s as in rust-libp2p; 128 protocols and 128 addresses of 256 bytes of text,
     * several times what real nodes send.
     */
    public static IdentifyLimits usual() {
        return new IdentifyLimits(8_192, 10, 128, 128, 256, Duration.ofSeconds(60));
    }
}
