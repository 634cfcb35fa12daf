package proteus.adapters.libp2p.engine.multiaddr;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import proteus.adapters.libp2p.engine.varint.MalformedVarintException;
import proteus.adapters.libp2p.engine.varint.Uvarint;

/** Reads the components of an address of either form. */
final class MultiaddrReader {

    private MultiaddrReader() {}

    static List<Component> decode(byte[] encoded) throws MalformedMultiaddrException {
        if (encoded.length > Multiaddr.MAX_ENCODED_BYTES) {
            throw new MalformedMultiaddrException(
                    "an address of " + encoded.length + " bytes, of at most " + Multiaddr.MAX_ENCODED_BYTES);
        }
        ByteBuffer left = ByteBuffer.wrap(encoded);
        List<Component> components = new ArrayList<>();
        while (left.hasRemaining()) {
            int start = left.position();
            try {
                add(components, component(left));
            } catch (MalformedVarintException | MalformedMultiaddrException malformed) {
                throw new MalformedMultiaddrException("at byte " + start + ": " + malformed.getMessage());
            }
        }
        return checked(components);
    }

    private static Component component(ByteBuffer left) throws MalformedVarintException, MalformedMultiaddrException {
        int start = left.position();
        Optional<Protocol> known = Protocol.ofCode(Uvarint.read(left));
        if (known.isEmpty()) {
            left.position(start);
            return Component.unknown(bytes(left, left.remaining()));
        }
        Protocol protocol = known.get();
        long length = protocol.form().isVariable()
                ? Uvarint.read(left)
                : protocol.form().fixedLength();
        if (length > left.remaining()) {
            throw new MalformedMultiaddrException(
                    protocol.text() + " with " + length + " bytes, of which " + left.remaining() + " are there");
        }
        byte[] value = bytes(left, (int) length);
        protocol.form().check(value);
        return Component.of(protocol, value);
    }

    private static byte[] bytes(ByteBuffer left, int length) {
        byte[] bytes = new byte[length];
        left.get(bytes);
        return bytes;
    }

    static List<Component> parse(String text) throws MalformedMultiaddrException {
        if (text.length() > Multiaddr.MAX_TEXT) {
            throw new MalformedMultiaddrException(
                    "an address of " + text.length() + " characters, of at most " + Multiaddr.MAX_TEXT);
        }
        if (!text.startsWith("/")) {
            throw new MalformedMultiaddrException(
                    "no slash at the beginning of " + MalformedMultiaddrException.quoted(text));
        }
        String[] parts = text.split("/", -1);
        List<Component> components = new ArrayList<>();
        int next = 1;
        while (next < parts.length) {
            String name = parts[next];
            next++;
            if (name.equals(Component.UNKNOWN)) {
                if (next != parts.length - 1) {
                    throw new MalformedMultiaddrException("an unknown protocol that is not the last");
                }
                add(components, unknown(parts[next]));
                next++;
                continue;
            }
            Protocol protocol = Protocol.named(name)
                    .orElseThrow(() -> new MalformedMultiaddrException(
                            "no protocol is called " + MalformedMultiaddrException.quoted(name)));
            String value = "";
            if (protocol.hasValue()) {
                if (next == parts.length) {
                    throw new MalformedMultiaddrException(name + " without a value");
                }
                value = parts[next];
                next++;
            }
            add(components, Component.of(protocol, protocol.form().parse(value)));
        }
        int length = components.stream().mapToInt(Component::encodedLength).sum();
        if (length > Multiaddr.MAX_ENCODED_BYTES) {
            throw new MalformedMultiaddrException(
                    "an address of " + length + " bytes, of at most " + Multiaddr.MAX_ENCODED_BYTES);
        }
        return checked(components);
    }

    private static Component unknown(String digits) throws MalformedMultiaddrException {
        try {
            byte[] rest = HexFormat.of().parseHex(digits);
            if (Protocol.ofCode(Uvarint.read(ByteBuffer.wrap(rest))).isEmpty()) {
                return Component.unknown(rest);
            }
        } catch (IllegalArgumentException | MalformedVarintException malformed) {
            throw new MalformedMultiaddrException("an unknown protocol that is no code with what follows, in pairs of"
                    + " hexadecimal digits: " + MalformedMultiaddrException.quoted(digits));
        }
        // Else the same address would have two texts.
        throw new MalformedMultiaddrException(
                "an unknown protocol whose code is known: " + MalformedMultiaddrException.quoted(digits));
    }

    private static void add(List<Component> components, Component next) throws MalformedMultiaddrException {
        if (components.size() == Multiaddr.MAX_COMPONENTS) {
            throw new MalformedMultiaddrException("more than " + Multiaddr.MAX_COMPONENTS + " components");
        }
        components.add(next);
    }

    private static List<Component> checked(List<Component> components) throws MalformedMultiaddrException {
        if (components.isEmpty()) {
            throw new MalformedMultiaddrException("an empty address");
        }
        return components;
    }
}
