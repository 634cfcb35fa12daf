package proteus.adapters.libp2p.engine.identity;

/** The kinds of keys that a peer may have. */
public enum KeyType {
    /** RSA of 2,048 to 8,192 bits; signs by PKCS #1 version 1.5 with SHA-256. */
    RSA(0),
    /** Ed25519 of RFC 8032. */
    ED25519(1),
    /** ECDSA on Bitcoin's curve, with SHA-256. */
    SECP256K1(2),
    /** ECDSA on P-256, P-384 or P-521, with SHA-256. */
    ECDSA(3);

    private final int code;

    KeyType(int code) {
        this.code = code;
    }

    /** The number that stands for it in libp2p's messages. */
    public int code() {
        return code;
    }
}
