package proteus.adapters.libp2p.engine.identify;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import proteus.adapters.libp2p.engine.identify.proto.IdentifyMessages.IdentifyMessage;

/**
 * Makes the one message that is sent of an {@link IdentifyInfo}, and makes it fit.
 *
 * <p>When it is too long, the signed record is left out first, since readers take the listed addresses without it; then
 * addresses from the end, then protocols from the end. The rest is always sent.
 */
final class FittedMessage {

    private FittedMessage() {}

    /**
     * The message, of at most {@code maxBytes}.
     *
     * @throws IllegalArgumentException if even the rest is too long
     */
    static IdentifyMessage of(IdentifyInfo info, int maxBytes) {
        IdentifyMessage rest = rest(info);
        List<ByteString> addresses = new ArrayList<>();
        info.listenAddresses().forEach(address -> addresses.add(ByteString.copyFrom(address.encoded())));
        List<ByteString> protocols = new ArrayList<>();
        info.protocols().forEach(protocol -> protocols.add(ByteString.copyFromUtf8(protocol)));

        IdentifyMessage.Builder all = joined(rest, addresses, protocols).toBuilder();
        info.signedPeerRecord().ifPresent(record -> all.setSignedPeerRecord(ByteString.copyFrom(record.envelope())));
        IdentifyMessage message = all.build();
        if (message.getSerializedSize() > maxBytes) {
            message = joined(rest, addresses, protocols);
        }
        while (message.getSerializedSize() > maxBytes) {
            removeLast(addresses.isEmpty() ? protocols : addresses, message.getSerializedSize(), maxBytes);
            message = joined(rest, addresses, protocols);
        }
        return message;
    }

    private static void removeLast(List<ByteString> list, int size, int maxBytes) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("a message of at least " + size + " bytes, of at most " + maxBytes);
        }
        list.removeLast();
    }

    private static IdentifyMessage joined(
            IdentifyMessage rest, List<ByteString> addresses, List<ByteString> protocols) {
        return rest.toBuilder()
                .addAllListenAddrs(addresses)
                .addAllProtocols(protocols)
                .build();
    }

    private static IdentifyMessage rest(IdentifyInfo info) {
        IdentifyMessage.Builder rest = IdentifyMessage.newBuilder();
        info.publicKey().ifPresent(key -> rest.setPublicKey(ByteString.copyFrom(key.encoded())));
        info.observedAddress().ifPresent(address -> rest.setObservedAddr(ByteString.copyFrom(address.encoded())));
        info.protocolVersion().ifPresent(text -> rest.setProtocolVersion(ByteString.copyFromUtf8(text)));
        info.agentVersion().ifPresent(text -> rest.setAgentVersion(ByteString.copyFromUtf8(text)));
        return rest.build();
    }
}
