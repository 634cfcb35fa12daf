package proteus.adapters.libp2p.engine.identify;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.List;
import proteus.adapters.libp2p.engine.identify.SignedEnvelope.Purpose;
import proteus.adapters.libp2p.engine.identify.proto.IdentifyMessages.PeerRecordMessage;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.MalformedKeyException;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/**
 * Addresses of a peer that it has signed itself, so that others may pass them on. Immutable; equal when the bytes are.
 *
 * <p>Source: libp2p specification, "Routing Records".
 */
public final class SignedPeerRecord {

    /** The longest envelope that is read, in bytes. */
    public static final int MAX_BYTES = 8_192;

    private final byte[] envelope;
    private final PeerId peer;
    private final long sequence;
    private final List<Multiaddr> addresses;

    private SignedPeerRecord(byte[] envelope, PeerId peer, long sequence, List<Multiaddr> addresses) {
        this.envelope = envelope;
        this.peer = peer;
        this.sequence = sequence;
        this.addresses = addresses;
    }

    /**
     * A record of the own addresses, in the form of go-libp2p and js-libp2p.
     *
     * @param sequence must grow from record to record; Unix seconds are usual
     */
    public static SignedPeerRecord create(Identity identity, long sequence, List<Multiaddr> addresses) {
        PeerRecordMessage.Builder message = PeerRecordMessage.newBuilder()
                .setPeerId(ByteString.copyFrom(identity.peerId().bytes()))
                .setSeq(sequence);
        for (Multiaddr address : addresses) {
            message.addAddressesBuilder().setMultiaddr(ByteString.copyFrom(address.encoded()));
        }
        byte[] envelope = SignedEnvelope.seal(
                identity, Purpose.PEER_RECORD, message.build().toByteString());
        return new SignedPeerRecord(envelope, identity.peerId(), sequence, List.copyOf(addresses));
    }

    /**
     * Reads and verifies an envelope in the form of go-libp2p and js-libp2p, or in that of rust-libp2p.
     *
     * <p>Addresses that cannot be read or that name another peer are left out; there may be none left.
     *
     * @param maxAddresses how many different addresses are kept
     * @throws MalformedPeerRecordException if it is no peer record, longer than {@value #MAX_BYTES} bytes, or not signed
     *     by the peer it is about
     */
    public static SignedPeerRecord decode(byte[] envelope, int maxAddresses) throws MalformedPeerRecordException {
        if (envelope.length > MAX_BYTES) {
            throw new MalformedPeerRecordException(
                    "an envelope of " + envelope.length + " bytes, of at most " + MAX_BYTES);
        }
        SignedEnvelope opened = SignedEnvelope.open(envelope);
        PeerId signer = PeerId.of(opened.signer());
        try {
            PeerRecordMessage message = PeerRecordMessage.parseFrom(opened.payload());
            PeerId peer = PeerId.fromBytes(message.getPeerId().toByteArray());
            if (!peer.equals(signer)) {
                throw new MalformedPeerRecordException("a record of " + peer + " that " + signer + " has signed");
            }
            HeardAddresses addresses = new HeardAddresses(peer, maxAddresses);
            message.getAddressesList().forEach(address -> addresses.add(address.getMultiaddr()));
            return new SignedPeerRecord(envelope.clone(), peer, message.getSeq(), addresses.all());
        } catch (InvalidProtocolBufferException malformed) {
            throw new MalformedPeerRecordException("no peer record: " + malformed.getMessage(), malformed);
        } catch (MalformedKeyException malformed) {
            throw new MalformedPeerRecordException("a record of nobody: " + malformed.getMessage(), malformed);
        }
    }

    /** Whose addresses these are, and who has signed them. */
    public PeerId peer() {
        return peer;
    }

    /** The sequence number, unsigned; of two records of a peer the one with the higher number counts. */
    public long sequence() {
        return sequence;
    }

    /** The addresses. */
    public List<Multiaddr> addresses() {
        return addresses;
    }

    /** The envelope, as it was signed. */
    public byte[] envelope() {
        return envelope.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedPeerRecord that && Arrays.equals(envelope, that.envelope);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(envelope);
    }

    @Override
    public String toString() {
        return "record " + Long.toUnsignedString(sequence) + " of " + peer + ": " + addresses;
    }
}
