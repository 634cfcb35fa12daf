package proteus.domain.peer;

import java.util.Optional;
import proteus.domain.block.BlockHeader;
import proteus.domain.network.Network;

/**
 * What a node says about itself when a connection starts, on either stack.
 *
 * <p>Only the shape is checked here; whether to accept the peer is for the policies. Source: neptune-p2p 0.19.4,
 * {@code peer/handshake_data.rs}.
 *
 * @param tipHeader the header of the sender's tip
 * @param listenPort the port on which it takes legacy TCP connections, in {@code [0, 65535]}; empty if it takes none
 * @param network the network it belongs to
 * @param instanceId drawn when it started
 * @param version its semantic version, at most {@value #MAX_VERSION_BYTES} bytes of UTF-8; may be rubbish
 * @param isArchivalNode whether it keeps all blocks
 * @param isBootstrapperNode false in what 0.19.4 sends
 * @param timestamp its clock
 * @param extraData flags at fixed character positions, at most {@value #MAX_EXTRA_DATA_BYTES} bytes of UTF-8
 */
public record HandshakeData(
        BlockHeader tipHeader,
        Optional<Integer> listenPort,
        Network network,
        InstanceId instanceId,
        String version,
        boolean isArchivalNode,
        boolean isBootstrapperNode,
        PeerTime timestamp,
        String extraData) {

    /** Capacity of the version, in bytes of UTF-8. */
    public static final int MAX_VERSION_BYTES = 30;

    /** Capacity of the extra data, in bytes of UTF-8. */
    public static final int MAX_EXTRA_DATA_BYTES = 255;

    private static final int MAX_PORT = 65_535;

    public HandshakeData {
        if (listenPort.isPresent() && (listenPort.get() < 0 || listenPort.get() > MAX_PORT)) {
            throw new IllegalArgumentException("listen port outside 0 to 65535: " + listenPort.get());
        }
        requireUtf8(version, MAX_VERSION_BYTES, "version");
        requireUtf8(extraData, MAX_EXTRA_DATA_BYTES, "extra data");
    }

    /** How the sender is reached over libp2p; empty if it does not say so, as only Proteus nodes do. */
    public Optional<Libp2pContact> libp2pContact() {
        return Libp2pContact.parse(extraData);
    }

    private static void requireUtf8(String text, int capacity, String what) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int codePoint = text.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                throw new IllegalArgumentException(what + " has a lone surrogate, which UTF-8 cannot express");
            }
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        }
        if (bytes > capacity) {
            throw new IllegalArgumentException(what + " has " + bytes + " bytes, capacity " + capacity);
        }
    }
}
