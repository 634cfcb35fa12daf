package proteus.application.wire;

import proteus.domain.peer.ByteSequence;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerBlockNotification;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerMessage.BlockProposalNotification;
import proteus.domain.peer.PeerMessage.LinkTxNotification;
import proteus.domain.peer.PeerMessage.TransactionNotification;

/** What nodes tell each other unasked, and their peer lists. Source: neptune-p2p 0.19.4. */
final class GossipCodec {

    /** The fewest bytes of a peer list's entry: a tag, four address bytes, a port, an instance id. */
    static final int LEAST_PEER = 1 + 4 + 1 + 1;

    /** The same in fixed width. */
    static final int LEAST_PEER_FIXED = 4 + 4 + 2 + 16;

    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;

    private GossipCodec() {}

    static PeerBlockNotification readBlockNotification(BincodeReader in) throws MalformedMessageException {
        return new PeerBlockNotification(in.digest(), BlockCodec.readHeight(in), BlockCodec.readProofOfWork(in));
    }

    static void write(BincodeWriter out, PeerBlockNotification notification) {
        out.digest(notification.hash());
        BlockCodec.write(out, notification.height());
        BlockCodec.write(out, notification.cumulativeProofOfWork());
    }

    static BlockProposalNotification readProposalNotification(BincodeReader in) throws MalformedMessageException {
        return new BlockProposalNotification(in.digest(), TransactionCodec.readAmount(in), BlockCodec.readHeight(in));
    }

    static void write(BincodeWriter out, BlockProposalNotification notification) {
        out.digest(notification.bodyMastHash());
        TransactionCodec.write(out, notification.guesserFee());
        BlockCodec.write(out, notification.height());
    }

    static TransactionNotification readTransactionNotification(BincodeReader in) throws MalformedMessageException {
        return new TransactionNotification(
                TransactionCodec.readId(in),
                in.digest(),
                TransactionCodec.readQuality(in),
                TransactionCodec.readAmount(in),
                in.u64(),
                in.u64());
    }

    static void write(BincodeWriter out, TransactionNotification notification) {
        TransactionCodec.write(out, notification.txid());
        out.digest(notification.mutatorSetHash());
        TransactionCodec.write(out, notification.proofQuality());
        TransactionCodec.write(out, notification.fee());
        out.u64(notification.numInputs());
        out.u64(notification.numOutputs());
    }

    static LinkTxNotification readLinkTxNotification(BincodeReader in) throws MalformedMessageException {
        return new LinkTxNotification(
                TransactionCodec.readId(in),
                in.digest(),
                TransactionCodec.readAmount(in),
                in.u64(),
                in.u64(),
                in.u64());
    }

    static void write(BincodeWriter out, LinkTxNotification notification) {
        TransactionCodec.write(out, notification.txid());
        out.digest(notification.mutatorSetHash());
        TransactionCodec.write(out, notification.fee());
        out.u64(notification.numInputs());
        out.u64(notification.numOutputs());
        out.u64(notification.numThruputs());
    }

    static PeerListEntry readPeer(BincodeReader in) throws MalformedMessageException {
        return new PeerListEntry(readAddress(in), HandshakeCodec.readInstanceId(in));
    }

    static void write(BincodeWriter out, PeerListEntry peer) {
        write(out, peer.address());
        HandshakeCodec.write(out, peer.instanceId());
    }

    private static PeerAddress readAddress(BincodeReader in) throws MalformedMessageException {
        IpAddress ip = IpAddress.of(in.raw(in.variant(2) == 0 ? V4_BYTES : V6_BYTES));
        return new PeerAddress(ip, in.u16());
    }

    private static void write(BincodeWriter out, PeerAddress address) {
        out.variant(
                switch (address.ip()) {
                    case IpAddress.V4 _ -> 0;
                    case IpAddress.V6 _ -> 1;
                });
        out.raw(ByteSequence.owning(address.ip().toBytes()));
        out.u16(address.port());
    }
}
