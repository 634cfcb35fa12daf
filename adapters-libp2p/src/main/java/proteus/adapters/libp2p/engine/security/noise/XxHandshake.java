package proteus.adapters.libp2p.engine.security.noise;

import java.security.SecureRandom;
import java.util.Arrays;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/**
 * The three messages of the pattern XX, without their framing: {@code e} · {@code e, ee, s, es} · {@code s, se}.
 *
 * <p>The dialler writes the first and the third and reads the second, the listener the other way round, each once and in
 * this order. For one thread at a time.
 */
final class XxHandshake {

    /** The least length of the first message. */
    static final int FIRST_BYTES = DhKey.BYTES;

    /** The least length of the second message. */
    static final int SECOND_BYTES = DhKey.BYTES + DhKey.BYTES + 2 * CipherState.TAG_BYTES;

    /** The least length of the third message. */
    static final int THIRD_BYTES = DhKey.BYTES + 2 * CipherState.TAG_BYTES;

    private static final int SEALED_KEY_BYTES = DhKey.BYTES + CipherState.TAG_BYTES;

    private final SymmetricState symmetric;
    private final DhKey localStatic;
    private final DhKey localEphemeral;
    private byte[] remoteEphemeral = {};
    private byte[] remoteStatic = {};

    XxHandshake(DhKey localStatic, DhKey localEphemeral, byte[] prologue) {
        this.localStatic = localStatic;
        this.localEphemeral = localEphemeral;
        symmetric = new SymmetricState(prologue);
    }

    /** As libp2p has it: without prologue. */
    static XxHandshake begin(DhKey localStatic, SecureRandom random) {
        return new XxHandshake(localStatic, DhKey.generate(random), new byte[0]);
    }

    byte[] writeFirst(byte[] payload) {
        byte[] ephemeral = writeEphemeral();
        return joined(ephemeral, symmetric.encryptAndHash(payload));
    }

    byte[] readFirst(byte[] message) throws SecurityFailedException {
        checkLength(message, FIRST_BYTES);
        readEphemeral(message);
        return symmetric.decryptAndHash(from(message, DhKey.BYTES));
    }

    byte[] writeSecond(byte[] payload) throws SecurityFailedException {
        byte[] ephemeral = writeEphemeral();
        symmetric.mixKey(localEphemeral.agree(remoteEphemeral));
        byte[] sealedStatic = symmetric.encryptAndHash(localStatic.publicKey());
        symmetric.mixKey(localStatic.agree(remoteEphemeral));
        return joined(ephemeral, sealedStatic, symmetric.encryptAndHash(payload));
    }

    byte[] readSecond(byte[] message) throws SecurityFailedException {
        checkLength(message, SECOND_BYTES);
        readEphemeral(message);
        symmetric.mixKey(localEphemeral.agree(remoteEphemeral));
        int sealed = DhKey.BYTES + SEALED_KEY_BYTES;
        remoteStatic = symmetric.decryptAndHash(Arrays.copyOfRange(message, DhKey.BYTES, sealed));
        symmetric.mixKey(localEphemeral.agree(remoteStatic));
        return symmetric.decryptAndHash(from(message, sealed));
    }

    byte[] writeThird(byte[] payload) throws SecurityFailedException {
        byte[] sealedStatic = symmetric.encryptAndHash(localStatic.publicKey());
        symmetric.mixKey(localStatic.agree(remoteEphemeral));
        return joined(sealedStatic, symmetric.encryptAndHash(payload));
    }

    byte[] readThird(byte[] message) throws SecurityFailedException {
        checkLength(message, THIRD_BYTES);
        remoteStatic = symmetric.decryptAndHash(Arrays.copyOf(message, SEALED_KEY_BYTES));
        symmetric.mixKey(localEphemeral.agree(remoteStatic));
        return symmetric.decryptAndHash(from(message, SEALED_KEY_BYTES));
    }

    /** The static key that the remote has proven to hold, once its message has been read. */
    byte[] remoteStatic() {
        return remoteStatic.clone();
    }

    /** What both sides have the same of, when all messages have been exchanged. */
    byte[] handshakeHash() {
        return symmetric.handshakeHash();
    }

    /** The keys of the transport phase, after the third message. */
    TransportCiphers split(Role role) {
        byte[][] keys = symmetric.split();
        CipherState dialler = new CipherState(keys[0]);
        CipherState listener = new CipherState(keys[1]);
        return switch (role) {
            case DIALLER -> new TransportCiphers(dialler, listener);
            case LISTENER -> new TransportCiphers(listener, dialler);
        };
    }

    /** One cipher for each direction. */
    record TransportCiphers(CipherState outbound, CipherState inbound) {}

    private byte[] writeEphemeral() {
        byte[] ephemeral = localEphemeral.publicKey();
        symmetric.mixHash(ephemeral);
        return ephemeral;
    }

    private void readEphemeral(byte[] message) {
        remoteEphemeral = Arrays.copyOf(message, DhKey.BYTES);
        symmetric.mixHash(remoteEphemeral);
    }

    private static void checkLength(byte[] message, int least) throws SecurityFailedException {
        if (message.length < least) {
            throw new SecurityFailedException(
                    Reason.MALFORMED, "a handshake message of " + message.length + " bytes, not " + least);
        }
    }

    private static byte[] from(byte[] message, int offset) {
        return Arrays.copyOfRange(message, offset, message.length);
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
