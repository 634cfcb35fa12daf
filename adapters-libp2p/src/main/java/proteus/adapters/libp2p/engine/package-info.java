/**
 * A libp2p engine on Netty: TCP and QUIC, TLS and Noise, yamux, identify, ping and perf.
 *
 * <p>It knows nothing of Neptune, and imports nothing of this project but itself. This package is its public surface;
 * the packages below it are one idea each and may be used alone.
 */
package proteus.adapters.libp2p.engine;
