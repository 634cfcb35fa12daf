package proteus.adapters.libp2p.engine.security.noise;

/**
 * Sizes of messages.
 *
 * @param maxHandshakeBytes the longest message of a handshake that is read, in bytes, 200 to 65,535
 * @param maxPlaintextBytes how many bytes of plaintext are put into one message at most, 1 to 65,519
 */
public record NoiseSettings(int maxHandshakeBytes, int maxPlaintextBytes) {

    /** How long a Noise message may be. */
    static final int MAX_MESSAGE_BYTES = 65_535;

    /**
     * Room for the largest keys that are allowed and then some; and messages that fill 64 KiB exactly with their tag and
     * their length, so that their buffers need not be of the next larger class.
     */
    public static final NoiseSettings STANDARD = new NoiseSettings(8192, 65_518);

    /** Checks the ranges. */
    public NoiseSettings {
        if (maxHandshakeBytes < 200 || maxHandshakeBytes > MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException("handshake messages of at most " + maxHandshakeBytes + " bytes");
        }
        if (maxPlaintextBytes < 1 || maxPlaintextBytes > MAX_MESSAGE_BYTES - CipherState.TAG_BYTES) {
            throw new IllegalArgumentException("messages of at most " + maxPlaintextBytes + " bytes of plaintext");
        }
    }
}
