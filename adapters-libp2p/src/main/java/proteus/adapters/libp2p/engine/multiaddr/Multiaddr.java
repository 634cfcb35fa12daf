package proteus.adapters.libp2p.engine.multiaddr;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import proteus.adapters.libp2p.engine.identity.MalformedKeyException;
import proteus.adapters.libp2p.engine.identity.PeerId;

/**
 * An address that says how to reach a peer, layer by layer, such as {@code /ip4/192.0.2.1/udp/9800/quic-v1}. Immutable;
 * equal when the bytes are. Source: multiformats, "multiaddr".
 *
 * <p>There is at least one component. No name is ever looked up.
 *
 * <p>The bytes of a component do not tell their length, so that nothing behind an unknown protocol can be understood.
 * Such an address is read nevertheless, and keeps its bytes: the last of its {@link #components()} is the unknown code
 * with all that follows, in text {@code /unknown/} and these bytes in hexadecimal. {@link #tcpAddress()} and {@link
 * #quicAddress()} are empty then: it can be passed on, but not dialled. Other implementations refuse it.
 */
public final class Multiaddr {

    /** The longest address that is read, in bytes; one through a relay and with hashes of certificates takes 250. */
    public static final int MAX_ENCODED_BYTES = 1_024;

    /** How many components are read at most. */
    public static final int MAX_COMPONENTS = 32;

    /** The longest text that is read, in characters; more than any address within the other limits takes. */
    public static final int MAX_TEXT = 4_096;

    private final List<Component> components;
    private final byte[] encoded;

    private Multiaddr(List<Component> components) {
        this.components = List.copyOf(components);
        ByteBuffer out = ByteBuffer.allocate(
                components.stream().mapToInt(Component::encodedLength).sum());
        components.forEach(each -> each.writeTo(out));
        this.encoded = out.array();
    }

    /**
     * Reads the form in bytes.
     *
     * @throws MalformedMultiaddrException if it is none, is empty, or is beyond a limit
     */
    public static Multiaddr decode(byte[] encoded) throws MalformedMultiaddrException {
        return new Multiaddr(MultiaddrReader.decode(encoded));
    }

    /**
     * Reads the form in text. Numbers have no leading zeros, nothing follows the last component, and peer ids may be in
     * either form.
     *
     * @throws MalformedMultiaddrException if it is none, is empty, or is beyond a limit
     */
    public static Multiaddr parse(String text) throws MalformedMultiaddrException {
        return new Multiaddr(MultiaddrReader.parse(text));
    }

    /**
     * {@code /ip4/…/tcp/…}, or with {@code ip6}; a scope of the address is left out.
     *
     * @throws IllegalArgumentException if {@code address} is a host name that was not resolved
     */
    public static Multiaddr ofTcp(InetSocketAddress address) {
        return new Multiaddr(List.of(ip(address), port(Protocol.TCP, address)));
    }

    /**
     * {@code /ip4/…/udp/…/quic-v1}, or with {@code ip6}; a scope of the address is left out.
     *
     * @throws IllegalArgumentException if {@code address} is a host name that was not resolved
     */
    public static Multiaddr ofQuic(InetSocketAddress address) {
        return new Multiaddr(
                List.of(ip(address), port(Protocol.UDP, address), Component.of(Protocol.QUIC_V1, new byte[0])));
    }

    private static Component ip(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("not resolved: " + address);
        }
        InetAddress ip = address.getAddress();
        return Component.of(ip instanceof Inet4Address ? Protocol.IP4 : Protocol.IP6, ip.getAddress());
    }

    private static Component port(Protocol protocol, InetSocketAddress address) {
        return Component.of(
                protocol,
                ByteBuffer.allocate(Short.BYTES)
                        .putShort((short) address.getPort())
                        .array());
    }

    /** The layers from the outside in, at least one. */
    public List<Component> components() {
        return components;
    }

    /** The form in bytes. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** The peer that is reached in the end, if the last component names one; the relay of a circuit is not that. */
    public Optional<PeerId> peerId() {
        Component last = components.getLast();
        if (!last.is(Protocol.P2P)) {
            return Optional.empty();
        }
        try {
            return Optional.of(PeerId.fromBytes(last.value()));
        } catch (MalformedKeyException impossible) {
            throw new IllegalStateException("a peer id that was valid is not any more", impossible);
        }
    }

    /**
     * This address with {@code peer} as the one that is reached in the end, in place of another if there is one; it may
     * be longer than those that are read by this one component. An address that ends in an unknown protocol stays as it
     * is.
     */
    public Multiaddr withPeerId(PeerId peer) {
        if (components.getLast().protocol().isEmpty()) {
            return this;
        }
        Component last = Component.of(Protocol.P2P, peer.bytes());
        return new Multiaddr(
                Stream.concat(beforePeerId().stream(), Stream.of(last)).toList());
    }

    /** This address without a last component that names a peer. One that has no other component stays as it is. */
    public Multiaddr withoutPeerId() {
        List<Component> left = beforePeerId();
        return left.isEmpty() ? this : new Multiaddr(left);
    }

    private List<Component> beforePeerId() {
        List<Component> left = new ArrayList<>(components);
        if (left.getLast().is(Protocol.P2P)) {
            left.removeLast();
        }
        return left;
    }

    /**
     * The IP address that it begins with; of a circuit it is the relay's. An address of version 6 that stands for one
     * of version 4 ({@code ::ffff:…}) is given as the latter.
     */
    public Optional<InetAddress> ip() {
        Component first = components.getFirst();
        if (!first.is(Protocol.IP4) && !first.is(Protocol.IP6)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByAddress(first.value()));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an IP address of a wrong length", impossible);
        }
    }

    /**
     * Where to dial by TCP, if the address is exactly {@code /ip4/…/tcp/…}, or with {@code ip6}, and maybe a peer id.
     */
    public Optional<InetSocketAddress> tcpAddress() {
        return socketAddress(Protocol.TCP);
    }

    /**
     * Where to dial by QUIC, if the address is exactly {@code /ip4/…/udp/…/quic-v1}, or with {@code ip6}, and maybe a
     * peer id.
     */
    public Optional<InetSocketAddress> quicAddress() {
        return socketAddress(Protocol.UDP, Protocol.QUIC_V1);
    }

    /** The first of {@code afterIp} has the port. */
    private Optional<InetSocketAddress> socketAddress(Protocol... afterIp) {
        List<Component> path = beforePeerId();
        if (path.size() != afterIp.length + 1) {
            return Optional.empty();
        }
        for (int i = 0; i < afterIp.length; i++) {
            if (!path.get(i + 1).is(afterIp[i])) {
                return Optional.empty();
            }
        }
        int port = ByteBuffer.wrap(path.get(1).value()).getShort() & 0xFFFF;
        return ip().map(ip -> new InetSocketAddress(ip, port));
    }

    /** Whether it leads through a relay. */
    public boolean isCircuit() {
        return components.stream().anyMatch(each -> each.is(Protocol.P2P_CIRCUIT));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Multiaddr that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    /** The form in text, with peer ids in base 58. */
    @Override
    public String toString() {
        return components.stream().map(Component::toString).collect(Collectors.joining());
    }
}
