package proteus.adapters.libp2p.engine.multiaddr;

import java.util.Arrays;
import java.util.Optional;

/** The protocols that an address may name. Source: multiformats, "multiaddr", table of protocols. */
public enum Protocol {
    /** IP address of version 4. */
    IP4("ip4", 4, ValueForm.IP4),
    /** TCP port. */
    TCP("tcp", 6, ValueForm.PORT),
    /** IP address of version 6. */
    IP6("ip6", 41, ValueForm.IP6),
    /** Zone of the IP address that follows. */
    IP6ZONE("ip6zone", 42, ValueForm.NAME),
    /** Host name with addresses of either version. */
    DNS("dns", 53, ValueForm.NAME),
    /** Host name with addresses of version 4. */
    DNS4("dns4", 54, ValueForm.NAME),
    /** Host name with addresses of version 6. */
    DNS6("dns6", 55, ValueForm.NAME),
    /** Host name with whole multiaddrs in its TXT records. */
    DNSADDR("dnsaddr", 56, ValueForm.NAME),
    /** UDP port. */
    UDP("udp", 273, ValueForm.PORT),
    /** A relayed connection: what stands before it leads to the relay, what follows it to the peer. */
    P2P_CIRCUIT("p2p-circuit", 290, ValueForm.NOTHING),
    /** Id of the peer that is reached so; {@code ipfs} in old texts. */
    P2P("p2p", 421, ValueForm.PEER_ID),
    /** TLS. */
    TLS("tls", 448, ValueForm.NOTHING),
    /** Server name for TLS. */
    SNI("sni", 449, ValueForm.NAME),
    /** Noise. */
    NOISE("noise", 454, ValueForm.NOTHING),
    /** QUIC of draft 29, which is obsolete. */
    QUIC("quic", 460, ValueForm.NOTHING),
    /** QUIC of RFC 9000. */
    QUIC_V1("quic-v1", 461, ValueForm.NOTHING),
    /** WebTransport. */
    WEBTRANSPORT("webtransport", 465, ValueForm.NOTHING),
    /** Hash of a certificate that the peer may show. */
    CERTHASH("certhash", 466, ValueForm.MULTIHASH),
    /** WebSocket. */
    WS("ws", 477, ValueForm.NOTHING),
    /** WebSocket on TLS. */
    WSS("wss", 478, ValueForm.NOTHING),
    /** A channel within one process, by number. */
    MEMORY("memory", 777, ValueForm.UNSIGNED_64);

    /** How old texts call {@link #P2P}. */
    private static final String OLD_NAME_OF_P2P = "ipfs";

    private final String text;
    private final int code;
    private final ValueForm form;

    Protocol(String text, int code, ValueForm form) {
        this.text = text;
        this.code = code;
        this.form = form;
    }

    /** The name in texts. */
    public String text() {
        return text;
    }

    /** The number in bytes. */
    public int code() {
        return code;
    }

    /** Whether a value follows it. */
    public boolean hasValue() {
        return form != ValueForm.NOTHING;
    }

    ValueForm form() {
        return form;
    }

    static Optional<Protocol> named(String text) {
        return Arrays.stream(values())
                .filter(each -> each.text.equals(text) || (each == P2P && text.equals(OLD_NAME_OF_P2P)))
                .findFirst();
    }

    static Optional<Protocol> ofCode(long code) {
        return Arrays.stream(values()).filter(each -> each.code == code).findFirst();
    }
}
