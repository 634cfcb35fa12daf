/**
 * The security protocol {@code /noise}: {@code Noise_XX_25519_ChaChaPoly_SHA256} with an empty prologue.
 *
 * <p>Below are the objects of the Noise specification, under its names: {@link CipherState}, {@link SymmetricState} and,
 * for the one pattern that is needed, {@link XxHandshake}. {@link HandshakePayload} is what libp2p puts into them. The
 * handlers carry both: {@link NoiseHandshakeHandler} until the session stands, {@link NoiseDecryptor} and {@link
 * NoiseEncryptor} from then on. All cryptography is the JDK's.
 *
 * <p>Sources: "The Noise Protocol Framework", revision 34; libp2p specification, "noise-libp2p - Secure Channel Handshake".
 */
package proteus.adapters.libp2p.engine.security.noise;
