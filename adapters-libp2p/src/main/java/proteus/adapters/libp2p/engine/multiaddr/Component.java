package proteus.adapters.libp2p.engine.multiaddr;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import proteus.adapters.libp2p.engine.varint.Uvarint;

/**
 * One layer of an address: a protocol with its value; or all that follows an unknown protocol, since nobody can tell
 * where that one ends. Immutable.
 */
public final class Component {

    /** What stands for the name of a protocol in the text of an unknown one. */
    static final String UNKNOWN = "unknown";

    private final Optional<Protocol> protocol;
    private final byte[] value;

    private Component(Optional<Protocol> protocol, byte[] value) {
        this.protocol = protocol;
        this.value = value;
    }

    /** Takes over {@code value}, which the protocol allows. */
    static Component of(Protocol protocol, byte[] value) {
        return new Component(Optional.of(protocol), value);
    }

    /** Takes over {@code rest}: the code of an unknown protocol, and all bytes behind it. */
    static Component unknown(byte[] rest) {
        return new Component(Optional.empty(), rest);
    }

    /** The protocol, if it is known. */
    public Optional<Protocol> protocol() {
        return protocol;
    }

    /** Whether it is of {@code expected}. */
    public boolean is(Protocol expected) {
        return protocol.filter(expected::equals).isPresent();
    }

    /**
     * The value without its length, in the form that the protocol gives it: a port big-endian, a name in UTF-8; no
     * bytes if there is none. Of an unknown protocol its code and all bytes behind it.
     */
    public byte[] value() {
        return value.clone();
    }

    /** The value as text; empty if there is none. */
    public String text() {
        return protocol.map(known -> known.form().text(value))
                .orElseGet(() -> HexFormat.of().formatHex(value));
    }

    /** How many bytes it takes in an address. */
    int encodedLength() {
        return protocol.map(known -> Uvarint.size(known.code())
                        + (known.form().isVariable() ? Uvarint.size(value.length) : 0)
                        + value.length)
                .orElse(value.length);
    }

    void writeTo(ByteBuffer out) {
        protocol.ifPresent(known -> {
            out.put(Uvarint.encode(known.code()));
            if (known.form().isVariable()) {
                out.put(Uvarint.encode(value.length));
            }
        });
        out.put(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Component that && protocol.equals(that.protocol) && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * protocol.hashCode() + Arrays.hashCode(value);
    }

    /** Such as {@code /tcp/9801} or {@code /quic-v1}. */
    @Override
    public String toString() {
        String name = "/" + protocol.map(Protocol::text).orElse(UNKNOWN);
        return protocol.filter(known -> !known.hasValue()).isPresent() ? name : name + "/" + text();
    }
}
