package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFactory;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;
import java.net.InetSocketAddress;

/**
 * How UDP sockets are made, and whether one call may send several datagrams. It must fit the event loops.
 *
 * @param factory makes a socket
 * @param segments makes datagrams of several segments where the socket can send them
 */
public record QuicSockets(
        ChannelFactory<? extends DatagramChannel> factory, SegmentedDatagramPacketAllocator segments) {

    private static final int SEGMENTS = 32;

    /** Sockets of the JDK, which send each datagram by a call of its own. */
    public static QuicSockets nio() {
        return new QuicSockets(NioDatagramChannel::new, SegmentedDatagramPacketAllocator.NONE);
    }

    /**
     * Sockets of Linux's epoll, which send up to {@value #SEGMENTS} datagrams by one call (UDP segmentation offload); for
     * event loops of epoll. Only where {@code Epoll.isAvailable()}.
     */
    public static QuicSockets epoll() {
        return new QuicSockets(EpollDatagramChannel::new, new EpollSegments());
    }

    /** Netty's own cannot be used on the module path: its QUIC module does not read its epoll module. */
    private static final class EpollSegments implements SegmentedDatagramPacketAllocator {

        @Override
        public int maxNumSegments() {
            return SEGMENTS;
        }

        @Override
        public DatagramPacket newPacket(ByteBuf buffer, int segmentSize, InetSocketAddress remote) {
            return new SegmentedDatagramPacket(buffer, segmentSize, remote);
        }
    }
}
