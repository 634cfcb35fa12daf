/**
 * TLS 1.3 as libp2p uses it: certificates that carry the identity of a peer, the rules they must keep, and the handshake
 * on a TCP connection. QUIC shares the certificates and the rules.
 *
 * <p>The engine is BoringSSL. The JDK's own cannot be used: it refuses a certificate with an empty issuer before anybody
 * is asked, and the certificates of rust-libp2p have an empty issuer. For the same reason certificates are read here
 * from their bytes, and never by the JDK or Bouncy Castle.
 *
 * <p>Source: the TLS specification of libp2p.
 */
package proteus.adapters.libp2p.engine.security.tls;
