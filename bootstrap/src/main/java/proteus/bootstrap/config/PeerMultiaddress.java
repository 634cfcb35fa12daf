package proteus.bootstrap.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import proteus.application.port.PeerTarget;
import proteus.bootstrap.config.PeerName.Family;

/**
 * An address of a peer as libp2p writes it. A DNS name may stand for its IP; beside that, {@link PeerTarget#parse} says
 * what can be dialled.
 */
final class PeerMultiaddress {

    /** Stands for a host that is not looked up yet. */
    private static final String NOWHERE = "/ip4/0.0.0.0";

    private final String text;
    private final List<String> parts;

    private PeerMultiaddress(String text) {
        this.text = text;
        this.parts = AddressText.parts(text);
    }

    /**
     * Reads a text that begins with a slash.
     *
     * @throws BadValueException if it cannot be dialled, with what to write instead
     */
    static PeerName parse(String text) throws BadValueException {
        return new PeerMultiaddress(text).name();
    }

    private PeerName name() throws BadValueException {
        requireKnownProtocols();
        boolean isLiteral = AddressText.ip(protocol(), host()).isPresent();
        Optional<Family> family =
                family().filter(_ -> PeerName.HOST.matcher(host()).matches());
        if (!isLiteral && family.isEmpty()) {
            throw Kind.not(
                    text, "an address of a peer; write /ip4/IP/tcp/PORT, /ip6/IPV6/tcp/PORT or /dns/HOST/tcp/PORT");
        }
        String literal = isLiteral ? text : NOWHERE + text.substring(place().length());
        Optional<PeerTarget> target = PeerTarget.parse(literal);
        if (target.isEmpty()) {
            throw new BadValueException(fault());
        }
        return isLiteral
                ? new PeerName.At(target.get())
                : new PeerName.Named(host(), family.orElseThrow(), target.get());
    }

    private String protocol() {
        return parts.getFirst();
    }

    private String host() {
        return part(1);
    }

    /** The part at {@code index}; empty behind the last one. */
    private String part(int index) {
        return index < parts.size() ? parts.get(index) : "";
    }

    /** The part that says where the host is. */
    private String place() {
        return "/" + protocol() + "/" + host();
    }

    private Optional<Family> family() {
        return switch (protocol()) {
            case "dns" -> Optional.of(Family.ANY);
            case "dns4" -> Optional.of(Family.V4);
            case "dns6" -> Optional.of(Family.V6);
            default -> Optional.empty();
        };
    }

    /** Refuses what others may dial and this node does not, wherever it stands in the address. */
    private void requireKnownProtocols() throws BadValueException {
        List<String> beyondHost = parts.stream().skip(2).toList();
        if (protocol().equals("p2p-circuit") || beyondHost.contains("p2p-circuit")) {
            throw new BadValueException("'" + text + "' leads through a relay (/p2p-circuit), which is not supported; "
                    + "write an address on which the peer itself listens, such as /ip4/IP/tcp/PORT/p2p/ID");
        }
        if (beyondHost.contains("ws") || beyondHost.contains("wss")) {
            throw new BadValueException("'" + text + "' is a WebSocket (/ws), which is not supported; write " + place()
                    + "/tcp/PORT with the port on which the peer listens for plain TCP");
        }
        if (protocol().equals("dnsaddr")) {
            throw new BadValueException("'" + text + "' is a name for a list of addresses (/dnsaddr), which is not "
                    + "supported; write one of them, such as /dns/HOST/tcp/PORT/p2p/ID");
        }
        if (protocol().equals("p2p") || protocol().equals("ipfs")) {
            throw new BadValueException("'" + text + "' says who the peer is, and finding out where is not supported; "
                    + "write /ip4/IP/tcp/PORT/p2p/ID");
        }
    }

    /** What is wrong behind the host. */
    private String fault() throws BadValueException {
        return switch (part(2)) {
            case "tcp" -> {
                PeerName.port(text, part(3));
                yield identityFault(4);
            }
            case "udp" -> {
                PeerName.port(text, part(3));
                yield part(4).equals("quic-v1") ? identityFault(5) : udpFault();
            }
            case "", "p2p" -> portFault();
            default -> excess();
        };
    }

    private String portFault() {
        if (parts.size() == 2) {
            return "'" + text + "' lacks a port; write " + text + "/tcp/" + PeerTarget.LEGACY_PORT
                    + " for a legacy peer, or the port on which the peer listens";
        }
        String rest = text.substring(place().length());
        return "'" + text + "' lacks a port; write " + place() + "/tcp/" + Libp2pConfiguration.DEFAULT_TCP_PORT + rest
                + ", or the port on which the peer listens";
    }

    private String udpFault() {
        boolean isDraft = part(4).equals("quic");
        Stream<String> beyond = parts.stream().skip(isDraft ? 5 : 4).filter(part -> !part.isEmpty());
        String instead = Stream.of(parts.subList(0, 4).stream(), Stream.of("quic-v1"), beyond)
                .flatMap(each -> each)
                .reduce("", (before, part) -> before + "/" + part);
        if (isDraft) {
            return "'" + text + "' is QUIC as it was drafted (/quic), which is not supported; write " + instead;
        }
        return part(4).isEmpty() || part(4).equals("p2p")
                ? "'" + text + "' does not say what is spoken over UDP; write " + instead
                : "'" + text + "': " + part(4) + " over UDP is not supported; write " + place() + "/udp/PORT/quic-v1";
    }

    /** What is wrong from {@code index} on, where an address ends or says who is there. */
    private String identityFault(int index) {
        if (part(index).equals("ipfs")) {
            return "'" + text + "' has the old name /ipfs in it; write /p2p in its place";
        }
        return part(index).equals("p2p") && parts.size() <= index + 2
                ? "'" + text + "': '" + part(index + 1) + "' is not the id of a peer in base58"
                : excess();
    }

    private String excess() {
        return "'" + text + "' has more in it than this node can dial; write " + place() + "/tcp/PORT or " + place()
                + "/udp/PORT/quic-v1, and perhaps /p2p/ID behind it";
    }
}
