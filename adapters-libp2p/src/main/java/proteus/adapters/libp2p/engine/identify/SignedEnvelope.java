package proteus.adapters.libp2p.engine.identify;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import proteus.adapters.libp2p.engine.identify.proto.IdentifyMessages.EnvelopeMessage;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.MalformedKeyException;
import proteus.adapters.libp2p.engine.identity.PublicKey;
import proteus.adapters.libp2p.engine.varint.Uvarint;

/**
 * A payload with the key of who has signed it, for one purpose. Source: libp2p specification, "Signed Envelopes".
 *
 * @param signer whose signature was verified
 * @param payload what was signed
 */
record SignedEnvelope(PublicKey signer, ByteString payload) {

    /** What a payload is, and the domain that keeps its signatures from being taken for others. */
    enum Purpose {
        /** A peer record, as go-libp2p and js-libp2p sign it. */
        PEER_RECORD("libp2p-peer-record", ByteString.copyFrom(new byte[] {3, 1})),
        /** A peer record, as rust-libp2p signs it. */
        LEGACY_PEER_RECORD("libp2p-routing-state", ByteString.copyFromUtf8("/libp2p/routing-state-record"));

        private final String domain;
        private final ByteString payloadType;

        Purpose(String domain, ByteString payloadType) {
            this.domain = domain;
            this.payloadType = payloadType;
        }

        private byte[] signed(ByteString payload) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            append(all, domain.getBytes(StandardCharsets.UTF_8));
            append(all, payloadType.toByteArray());
            append(all, payload.toByteArray());
            return all.toByteArray();
        }

        private static void append(ByteArrayOutputStream all, byte[] part) {
            all.writeBytes(Uvarint.encode(part.length));
            all.writeBytes(part);
        }
    }

    /** The envelope of {@code payload}, signed by {@code identity}, as bytes. */
    static byte[] seal(Identity identity, Purpose purpose, ByteString payload) {
        return EnvelopeMessage.newBuilder()
                .setPublicKey(ByteString.copyFrom(identity.publicKey().encoded()))
                .setPayloadType(purpose.payloadType)
                .setPayload(payload)
                .setSignature(ByteString.copyFrom(identity.sign(purpose.signed(payload))))
                .build()
                .toByteArray();
    }

    /**
     * Reads an envelope of any purpose, and verifies its signature.
     *
     * @throws MalformedPeerRecordException if it is none, of another purpose, or its signature is wrong
     */
    static SignedEnvelope open(byte[] encoded) throws MalformedPeerRecordException {
        try {
            EnvelopeMessage envelope = EnvelopeMessage.parseFrom(encoded);
            Purpose purpose = purposeOf(envelope.getPayloadType());
            PublicKey signer = PublicKey.decode(envelope.getPublicKey().toByteArray());
            if (!signer.verify(
                    purpose.signed(envelope.getPayload()),
                    envelope.getSignature().toByteArray())) {
                throw new MalformedPeerRecordException("an envelope whose signature is wrong");
            }
            return new SignedEnvelope(signer, envelope.getPayload());
        } catch (InvalidProtocolBufferException malformed) {
            throw new MalformedPeerRecordException("no envelope: " + malformed.getMessage(), malformed);
        } catch (MalformedKeyException malformed) {
            throw new MalformedPeerRecordException("an envelope without a key: " + malformed.getMessage(), malformed);
        }
    }

    private static Purpose purposeOf(ByteString payloadType) throws MalformedPeerRecordException {
        for (Purpose purpose : Purpose.values()) {
            if (purpose.payloadType.equals(payloadType)) {
                return purpose;
            }
        }
        throw new MalformedPeerRecordException("an envelope of another purpose, " + payloadType.size() + " bytes");
    }
}
