package proteus.adapters.libp2p.engine.transport.tcp;

import io.netty.channel.WriteBufferWaterMark;
import java.time.Duration;

/**
 * How sockets are set.
 *
 * @param connectTimeout how long one address may take to answer, above zero, at most a day
 * @param backlog how many connections may wait in the system for being accepted, at least 1
 * @param writeBuffer how many bytes may wait in a socket before its channel is not writable, and when it is again
 */
public record TcpSettings(Duration connectTimeout, int backlog, WriteBufferWaterMark writeBuffer) {

    /** As rust-libp2p 0.57 within neptune-core 0.19.4 has it; the buffers hold some of the largest Noise messages. */
    public static final TcpSettings DEFAULT =
            new TcpSettings(Duration.ofSeconds(10), 1024, new WriteBufferWaterMark(128 * 1024, 256 * 1024));

    /** Checks the ranges. */
    public TcpSettings {
        if (connectTimeout.isNegative()
                || connectTimeout.isZero()
                || connectTimeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("connect timeout " + connectTimeout);
        }
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog " + backlog);
        }
    }
}
