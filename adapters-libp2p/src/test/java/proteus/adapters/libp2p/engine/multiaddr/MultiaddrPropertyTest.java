package proteus.adapters.libp2p.engine.multiaddr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.varint.Uvarint;

/** Any address survives both forms; damaged bytes and texts give the typed fault or another address, nothing else. */
class MultiaddrPropertyTest {

    private static final long SEED = 20_261_126;

    private final Random random = new Random(SEED);

    @Test
    void anyAddressComesBackFromBytesAndFromText() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            byte[] encoded = address();

            Multiaddr read = Multiaddr.decode(encoded);

            assertThat(read.encoded()).as("seed %d", SEED).isEqualTo(encoded);
            assertThat(Multiaddr.parse(read.toString()))
                    .as("seed %d, %s", SEED, read)
                    .isEqualTo(read);
            assertThat(Multiaddr.parse(read.toString()).components())
                    .as("seed %d, %s", SEED, read)
                    .isEqualTo(read.components());
        }
    }

    @Test
    void damagedBytesAreRefusedOrAreAnotherAddress() {
        int refused = 0;
        int read = 0;

        for (int i = 0; i < 8_000; i++) {
            byte[] damaged = damage(address());
            try {
                Multiaddr address = Multiaddr.decode(damaged);
                read++;
                assertThat(address.encoded()).as("seed %d", SEED).isEqualTo(damaged);
                assertThat(Multiaddr.parse(address.toString()))
                        .as("seed %d", SEED)
                        .isEqualTo(address);
                useEverything(address);
            } catch (MalformedMultiaddrException malformed) {
                refused++;
            } catch (RuntimeException other) {
                fail("seed %d, %s".formatted(SEED, Arrays.toString(damaged)), other);
            }
        }

        assertThat(List.of(refused, read)).allMatch(count -> count > 1_000);
    }

    @Test
    void damagedTextsAreRefusedOrAreAnotherAddress() throws Exception {
        int refused = 0;
        int read = 0;

        for (int i = 0; i < 8_000; i++) {
            StringBuilder text = new StringBuilder(Multiaddr.decode(address()).toString());
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, (char) random.nextInt(0x80));
                case 2 -> text.insert(at, (char) random.nextInt());
                default -> text.setLength(at);
            }
            try {
                Multiaddr address = Multiaddr.parse(text.toString());
                read++;
                assertThat(Multiaddr.decode(address.encoded()))
                        .as("seed %d", SEED)
                        .isEqualTo(address);
                useEverything(address);
            } catch (MalformedMultiaddrException malformed) {
                refused++;
            } catch (RuntimeException other) {
                fail("seed %d, %s".formatted(SEED, text), other);
            }
        }

        assertThat(List.of(refused, read)).allMatch(count -> count > 1_000);
    }

    private static void useEverything(Multiaddr address) throws MalformedMultiaddrException {
        boolean dialable =
                address.tcpAddress().isPresent() || address.quicAddress().isPresent();
        assertThat(address.ip().isPresent() || !dialable).isTrue();
        address.peerId().ifPresent(peer -> assertThat(address.withPeerId(peer)).isEqualTo(address));
        assertThat(Multiaddr.parse(address.withoutPeerId().toString())).isEqualTo(address.withoutPeerId());
    }

    private byte[] address() {
        List<byte[]> parts = new ArrayList<>();
        int components = 1 + random.nextInt(6);
        for (int i = 0; i < components; i++) {
            Protocol protocol = Protocol.values()[random.nextInt(Protocol.values().length)];
            byte[] value = value(protocol.form());
            parts.add(Uvarint.encode(protocol.code()));
            if (protocol.form().isVariable()) {
                parts.add(Uvarint.encode(value.length));
            }
            parts.add(value);
        }
        if (random.nextInt(10) == 0) {
            parts.add(Uvarint.encode(1_000 + random.nextInt(1 << 20)));
            parts.add(bytes(random.nextInt(20)));
        }
        return join(parts);
    }

    private byte[] value(ValueForm form) {
        return switch (form) {
            case NOTHING -> bytes(0);
            case IP4 -> bytes(4);
            case IP6 -> bytes(16);
            case PORT -> bytes(2);
            case UNSIGNED_64 -> bytes(8);
            case NAME -> name();
            case PEER_ID -> random.nextBoolean() ? multihash(0x12, 32) : multihash(0, random.nextInt(43));
            case MULTIHASH -> multihash(1 + random.nextInt(0x4000), 1 + random.nextInt(128));
        };
    }

    private byte[] name() {
        byte[] name = new byte[1 + random.nextInt(40)];
        for (int i = 0; i < name.length; i++) {
            name[i] = (byte) ('0' + random.nextInt(75));
        }
        return name;
    }

    private byte[] multihash(int code, int length) {
        return join(List.of(Uvarint.encode(code), Uvarint.encode(length), bytes(length)));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] join(List<byte[]> parts) {
        ByteBuffer joined =
                ByteBuffer.allocate(parts.stream().mapToInt(each -> each.length).sum());
        parts.forEach(joined::put);
        return joined.array();
    }

    private byte[] damage(byte[] bytes) {
        byte[] damaged = bytes.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> damaged[at] = (byte) 0xFF;
            case 2 -> damaged = Arrays.copyOf(bytes, at);
            default -> {
                damaged = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, damaged, at + 1, bytes.length - at);
                damaged[at] = (byte) random.nextInt();
            }
        }
        return damaged;
    }
}
