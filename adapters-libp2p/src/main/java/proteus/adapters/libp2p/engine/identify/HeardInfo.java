package proteus.adapters.libp2p.engine.identify;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import proteus.adapters.libp2p.engine.identify.IdentifyFailedException.Reason;
import proteus.adapters.libp2p.engine.identify.proto.IdentifyMessages.IdentifyMessage;
import proteus.adapters.libp2p.engine.identity.MalformedKeyException;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.identity.PublicKey;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/** Merges the messages of one telling within the limits, and judges them at the end: that costs once, not per message. */
final class HeardInfo {

    private final PeerId remote;
    private final IdentifyLimits limits;
    private final HeardAddresses addresses;
    private final Set<String> protocols = new LinkedHashSet<>();
    private int messages;
    private Optional<ByteString> publicKey = Optional.empty();
    private Optional<Multiaddr> observedAddress = Optional.empty();
    private Optional<String> protocolVersion = Optional.empty();
    private Optional<String> agentVersion = Optional.empty();
    private Optional<ByteString> signedPeerRecord = Optional.empty();

    HeardInfo(PeerId remote, IdentifyLimits limits) {
        this.remote = remote;
        this.limits = limits;
        addresses = new HeardAddresses(remote, limits.addresses());
    }

    /**
     * Merges one message: lists are appended to, other fields replaced.
     *
     * @throws IdentifyFailedException if it is none, or one too many
     */
    void add(ByteBuf encoded) throws IdentifyFailedException {
        messages++;
        if (messages > limits.messages()) {
            throw new IdentifyFailedException(Reason.MALFORMED, "more than " + limits.messages() + " messages");
        }
        IdentifyMessage message;
        try {
            message = IdentifyMessage.parseFrom(encoded.nioBuffer());
        } catch (InvalidProtocolBufferException malformed) {
            throw new IdentifyFailedException(
                    Reason.MALFORMED,
                    "no message, " + encoded.readableBytes() + " bytes: " + malformed.getMessage(),
                    malformed);
        }
        merge(message);
    }

    private void merge(IdentifyMessage message) {
        message.getListenAddrsList().forEach(addresses::add);
        message.getProtocolsList().forEach(this::addProtocol);
        if (message.hasPublicKey()) {
            publicKey = Optional.of(message.getPublicKey());
        }
        if (message.hasObservedAddr()) {
            observedAddress = HeardAddresses.read(message.getObservedAddr()).or(() -> observedAddress);
        }
        if (message.hasProtocolVersion()) {
            protocolVersion = text(message.getProtocolVersion()).or(() -> protocolVersion);
        }
        if (message.hasAgentVersion()) {
            agentVersion = text(message.getAgentVersion()).or(() -> agentVersion);
        }
        if (message.hasSignedPeerRecord()) {
            signedPeerRecord = Optional.of(message.getSignedPeerRecord());
        }
    }

    private void addProtocol(ByteString name) {
        if (protocols.size() < limits.protocols()) {
            // As in rust-libp2p, where no other name can be negotiated.
            text(name).filter(readable -> readable.startsWith("/")).ifPresent(protocols::add);
        }
    }

    private Optional<String> text(ByteString bytes) {
        return bytes.size() <= limits.textBytes() && bytes.isValidUtf8()
                ? Optional.of(bytes.toStringUtf8())
                : Optional.empty();
    }

    /**
     * What was told.
     *
     * @param keyNeeded whether the public key must be among it
     * @throws IdentifyFailedException if nothing was, or the key is not the remote's
     */
    IdentifyInfo judged(boolean keyNeeded) throws IdentifyFailedException {
        if (messages == 0) {
            throw new IdentifyFailedException(Reason.MALFORMED, "no message at all");
        }
        if (keyNeeded && publicKey.isEmpty()) {
            throw new IdentifyFailedException(Reason.WRONG_KEY, remote + " has told no key");
        }
        return new IdentifyInfo(
                publicKey.isEmpty() ? Optional.empty() : Optional.of(remotesKey(publicKey.get())),
                addresses.all(),
                List.copyOf(protocols),
                observedAddress,
                protocolVersion,
                agentVersion,
                signedPeerRecord.flatMap(this::remotesRecord));
    }

    private PublicKey remotesKey(ByteString encoded) throws IdentifyFailedException {
        try {
            PublicKey key = PublicKey.decode(encoded.toByteArray());
            PeerId owner = PeerId.of(key);
            if (!owner.equals(remote)) {
                throw new IdentifyFailedException(Reason.WRONG_KEY, remote + " has told the key of " + owner);
            }
            return key;
        } catch (MalformedKeyException malformed) {
            throw new IdentifyFailedException(
                    Reason.WRONG_KEY, remote + " has told no key: " + malformed.getMessage(), malformed);
        }
    }

    /** The record, if it is one and the remote's own; the rest of what was told is good without. */
    private Optional<SignedPeerRecord> remotesRecord(ByteString envelope) {
        try {
            return Optional.of(SignedPeerRecord.decode(envelope.toByteArray(), limits.addresses()))
                    .filter(record -> record.peer().equals(remote));
        } catch (MalformedPeerRecordException malformed) {
            return Optional.empty();
        }
    }
}
