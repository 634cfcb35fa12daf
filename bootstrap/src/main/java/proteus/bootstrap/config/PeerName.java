package proteus.bootstrap.config;

import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import proteus.application.port.PeerTarget;
import proteus.application.port.PeerTarget.Protocol;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** A peer as the operator named it. */
sealed interface PeerName {

    /** By its address. */
    record At(PeerTarget target) implements PeerName {}

    /**
     * By the name of its host.
     *
     * @param host the name
     * @param family which addresses of the host are meant
     * @param elsewhere the target, but for its IP
     */
    record Named(String host, Family family, PeerTarget elsewhere) implements PeerName {}

    /** Which addresses of a host are meant. */
    enum Family {
        /** Those of version 4. */
        V4,
        /** Those of version 6. */
        V6,
        /** Any. */
        ANY;

        boolean includes(IpAddress ip) {
            return switch (this) {
                case V4 -> ip instanceof IpAddress.V4;
                case V6 -> ip instanceof IpAddress.V6;
                case ANY -> true;
            };
        }
    }

    /** Letters, digits, hyphens and dots, with a letter in the last label, so that a mistyped IP is no host. */
    Pattern HOST = Pattern.compile("(?=.{1,253}\\.?$)([\\w-]{1,63}\\.)*(?=[\\w-]*[A-Za-z])[\\w-]{1,63}\\.?");

    String LEGACY_PREFIX = "legacy:";

    /**
     * Reads one of the forms that {@code --peer} takes.
     *
     * @throws BadValueException if {@code text} is none of them, with what to write instead
     */
    static PeerName parse(String text) throws BadValueException {
        if (text.startsWith(LEGACY_PREFIX)) {
            return legacy(text, text.substring(LEGACY_PREFIX.length()));
        }
        if (text.startsWith("/")) {
            return PeerMultiaddress.parse(text);
        }
        Optional<IpAddress> bare = IpAddress.parse(text);
        if (bare.isPresent()) {
            throw new BadValueException("'" + text + "' lacks a port; write "
                    + new PeerAddress(bare.get(), PeerTarget.LEGACY_PORT)
                    + " for a legacy peer, or the port on which the peer listens");
        }
        return at(PeerAddress.parse(text)
                .orElseThrow(() -> Kind.not(
                        text,
                        "an address of a peer; write IP:PORT, [IPV6]:PORT, legacy:HOST:PORT, /ip4/IP/tcp/PORT/p2p/ID or "
                                + "/ip4/IP/udp/PORT/quic-v1")));
    }

    private static PeerName legacy(String text, String address) throws BadValueException {
        Optional<PeerAddress> literal = PeerAddress.parse(address);
        if (literal.isPresent()) {
            return new At(new PeerTarget(requirePort(literal.get()), Protocol.LEGACY));
        }
        Optional<IpAddress> bare = IpAddress.parse(address);
        if (bare.isPresent()) {
            throw new BadValueException("'" + text + "' lacks a port; write " + LEGACY_PREFIX
                    + new PeerAddress(bare.get(), PeerTarget.LEGACY_PORT));
        }
        int colon = address.indexOf(':');
        if (HOST.matcher(address).matches()) {
            throw new BadValueException("'" + text + "' lacks a port; write " + text + ":" + PeerTarget.LEGACY_PORT);
        }
        if (colon < 0 || !HOST.matcher(address.substring(0, colon)).matches()) {
            throw Kind.not(
                    text, "an address of a legacy peer; write legacy:HOST:PORT, with an IPv6 address in brackets");
        }
        PeerAddress nowhere = new PeerAddress(new IpAddress.V4(0), port(text, address.substring(colon + 1)));
        return new Named(address.substring(0, colon), Family.ANY, new PeerTarget(nowhere, Protocol.LEGACY));
    }

    private static PeerName at(PeerAddress address) throws BadValueException {
        return new At(PeerTarget.ofTcp(requirePort(address)));
    }

    /** A port of {@code text} that can be dialled. */
    static int port(String text, String port) throws BadValueException {
        try {
            return Kind.number(1, 65_535).read(port).intValue();
        } catch (BadValueException fault) {
            throw new BadValueException("'" + text + "': port " + fault.getMessage());
        }
    }

    private static PeerAddress requirePort(PeerAddress address) throws BadValueException {
        if (address.port() == 0) {
            throw new BadValueException("'" + address + "': nobody can be dialled at port 0");
        }
        return address;
    }

    /**
     * Where the peer is, and what to speak there. Looks a name up, which may block.
     *
     * @throws BadValueException if there is no such host
     */
    default PeerTarget resolve(NameResolver names) throws BadValueException {
        return switch (this) {
            case At(PeerTarget target) -> target;
            case Named(String host, Family family, PeerTarget elsewhere) -> {
                try {
                    IpAddress ip = names.resolve(host).stream()
                            .filter(family::includes)
                            .findFirst()
                            .orElseThrow(() -> new BadValueException(
                                    "the host '" + host + "' has no address of the family that is asked for"));
                    yield new PeerTarget(
                            new PeerAddress(ip, elsewhere.address().port()),
                            elsewhere.protocol(),
                            elsewhere.expected());
                } catch (UnknownHostException unknown) {
                    throw new BadValueException("the host '" + host + "' is not known here; is the name right, and can "
                            + "this machine look names up?");
                }
            }
        };
    }
}
