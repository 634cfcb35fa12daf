package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.handler.codec.quic.QuicCongestionControlAlgorithm;
import java.time.Duration;

/**
 * What a {@link QuicTransport} allows and asks for.
 *
 * @param handshakeTimeout how long a handshake may take, on either side
 * @param idleTimeout after which time without packets a connection is given up; the smaller of both sides' holds
 * @param inboundStreams how many streams the remote may have open in one connection
 * @param streamWindow how many bytes the remote may send on a stream before they are read
 * @param connectionWindow how many bytes the remote may send on all streams together before they are read
 * @param resetStreams how many streams of one connection may end by a reset before the connection is closed: Netty keeps
 *     a record of each until then
 * @param handshakes how many inbound handshakes of one listener may be under way; more are ignored
 * @param calmHandshakes above how many of them a dialler must prove its address first, at the cost of a round trip
 * @param tokenLifetime how long such a proof holds
 * @param udpPayload the size of the largest datagram that is sent and received, in bytes; smaller ones are found out
 * @param socketBuffer what the operating system is asked to buffer of a socket in each direction, in bytes
 * @param congestionControl how fast to send
 */
public record QuicSettings(
        Duration handshakeTimeout,
        Duration idleTimeout,
        int inboundStreams,
        long streamWindow,
        long connectionWindow,
        int resetStreams,
        int handshakes,
        int calmHandshakes,
        Duration tokenLifetime,
        int udpPayload,
        int socketBuffer,
        QuicCongestionControlAlgorithm congestionControl) {

    /** Every QUIC endpoint must take as much. */
    static final int MIN_UDP_PAYLOAD = 1200;

    private static final int MAX_UDP_PAYLOAD = 65_527;

    public QuicSettings {
        requirePositive(handshakeTimeout.toMillis(), "milliseconds of a handshake");
        requirePositive(idleTimeout.toMillis(), "milliseconds of idleness");
        requirePositive(inboundStreams, "inbound streams");
        requirePositive(streamWindow, "window of a stream");
        requirePositive(connectionWindow, "window of a connection");
        requirePositive(resetStreams, "reset streams");
        requirePositive(handshakes, "handshakes");
        requirePositive(tokenLifetime.toMillis(), "milliseconds of a token");
        requirePositive(socketBuffer, "socket buffer");
        if (calmHandshakes < 0) {
            throw new IllegalArgumentException("calm handshakes cannot be negative: " + calmHandshakes);
        }
        if (udpPayload < MIN_UDP_PAYLOAD || udpPayload > MAX_UDP_PAYLOAD) {
            throw new IllegalArgumentException(
                    "datagrams must be of " + MIN_UDP_PAYLOAD + " to " + MAX_UDP_PAYLOAD + " bytes, not " + udpPayload);
        }
    }

    private static void requirePositive(long value, String what) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + " must be positive: " + value);
        }
    }

    /**
     * Time-outs and streams as rust-libp2p has them. Windows are a quarter of rust's: quiche keeps some 165 bytes for each
     * byte that comes alone out of order, so the window of a connection, 4 MiB, lets a hostile one hold 0.35 GB at most.
     * The bounds on handshakes and resets are this engine's own.
     * Datagrams fill an Ethernet frame behind IPv6 and one tunnel header.
     */
    public static QuicSettings defaults() {
        return new QuicSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                256,
                2 << 20,
                4 << 20,
                4096,
                256,
                32,
                Duration.ofSeconds(30),
                1452,
                4 << 20,
                QuicCongestionControlAlgorithm.CUBIC);
    }
}
