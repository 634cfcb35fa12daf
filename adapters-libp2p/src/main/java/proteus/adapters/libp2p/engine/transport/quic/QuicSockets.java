package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;

/**
 * How UDP sockets are made, and whether one call may send and take several datagrams. It must fit the event loops.
 *
 * @param factory makes a socket
 * @param segments makes datagrams of several segments where the socket can send them
 * @param coalesces whether a read may give several datagrams of one sender, which the socket takes apart
 */
public record QuicSockets(
        ChannelFactory<? extends DatagramChannel> factory,
        SegmentedDatagramPacketAllocator segments,
        boolean coalesces) {

    private static final System.Logger LOG = System.getLogger(QuicSockets.class.getName());

    /** What the largest datagram that IP can carry has in segments of 1,452 bytes. */
    private static final int SEGMENTS = 44;

    private static final int MAX_DATAGRAM = 65_535;

    /** Sockets of the JDK, which send and take each datagram by a call of its own. */
    public static QuicSockets nio() {
        return new QuicSockets(NioDatagramChannel::new, SegmentedDatagramPacketAllocator.NONE, false);
    }

    /**
     * Sockets of Linux's epoll, which send up to {@value #SEGMENTS} datagrams by one call, and take as many, where the
     * kernel can (UDP segmentation and receive offload); for event loops of epoll. Only where {@code Epoll.isAvailable()}.
     */
    public static QuicSockets epoll() {
        return EpollDatagramChannel.isSegmentedDatagramPacketSupported()
                ? new QuicSockets(QuicSockets::coalescing, new EpollSegments(), true)
                : new QuicSockets(EpollDatagramChannel::new, SegmentedDatagramPacketAllocator.NONE, false);
    }

    private static DatagramChannel coalescing() {
        EpollDatagramChannel socket = new EpollDatagramChannel();
        try {
            socket.config().setUdpGro(true);
        } catch (ChannelException olderKernel) {
            LOG.log(Level.DEBUG, "the kernel does not coalesce datagrams: {0}", olderKernel.getMessage());
        }
        return socket;
    }

    /** The most bytes that one read may give, if no datagram is larger than {@code udpPayload}. */
    int readBytes(int udpPayload) {
        return coalesces ? MAX_DATAGRAM : udpPayload;
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
