package proteus.adapters.libp2p.engine.multiaddr;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Looks for bytes and texts that make the readers of addresses do anything but give an address or a typed fault. */
class MultiaddrFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyBytesAndAnyTextAreAnAddressOrMalformed(byte[] bytes) {
        try {
            requireReadAgain(Multiaddr.decode(bytes));
        } catch (MalformedMultiaddrException malformed) {
            requireMessage(malformed);
        }
        try {
            requireReadAgain(Multiaddr.parse(new String(bytes, StandardCharsets.UTF_8)));
        } catch (MalformedMultiaddrException malformed) {
            requireMessage(malformed);
        }
    }

    private static void requireReadAgain(Multiaddr address) {
        try {
            if (!Multiaddr.decode(address.encoded()).equals(address)) {
                throw new AssertionError("read again as another address: " + address);
            }
        } catch (MalformedMultiaddrException malformed) {
            throw new AssertionError("own encoding refused: " + address, malformed);
        }
        address.peerId();
        address.ip();
        address.tcpAddress();
        address.quicAddress();
        address.isCircuit();
    }

    private static void requireMessage(MalformedMultiaddrException malformed) {
        if (malformed.getMessage() == null) {
            throw new AssertionError("refused without a word", malformed);
        }
    }
}
