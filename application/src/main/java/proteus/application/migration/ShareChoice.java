package proteus.application.migration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which peers belong to a share. A peer is always of the same percentile to one node, so that who is in a share is in every
 * greater one; to other nodes it is of others, so that a share of everybody's peers is not everybody's share of few peers.
 *
 * @param ownName what is different for each node and stays the same over restarts
 */
record ShareChoice(String ownName) {

    /** Whether {@code peer} is in a share of so many percent, 0 to 100. */
    boolean includes(String peer, int share) {
        return percentile(peer) < share;
    }

    /** From 0 to 99. */
    int percentile(String peer) {
        byte[] hash = sha256().digest((ownName + "\n" + peer).getBytes(StandardCharsets.UTF_8));
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits = (bits << Byte.SIZE) | (hash[i] & 0xFF);
        }
        return (int) Long.remainderUnsigned(bits, 100);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
