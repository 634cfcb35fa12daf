package proteus.application.wire;

import proteus.domain.peer.ArchivalMutatorSetFrame;
import proteus.domain.peer.AuthenticatedBlock;
import proteus.domain.peer.PeerMessage.ArchivalMutatorSetRequest;
import proteus.domain.peer.PeerMessage.BlockRequestBatch;
import proteus.domain.peer.PeerMessage.SyncChallenge;
import proteus.domain.peer.PeerMessage.SyncChallengeResponse;
import proteus.domain.peer.PeerMessage.ValidatedBlockRequestByHeight;
import proteus.domain.peer.SyncBlockPair;
import proteus.domain.peer.TransferSyncBitMask;

/** What nodes exchange while one of them catches up. Source: neptune-p2p 0.19.4. */
final class SyncCodec {

    /** The fewest bytes of a block without inputs, outputs, claims and proof, counted field by field. */
    private static final int LEAST_TRANSFER_BLOCK = 329 + 12 + 5 + 2 + 2 + 1 + 1;

    /** The fewest bytes of a block and an empty path. */
    static final int LEAST_AUTHENTICATED_BLOCK = LEAST_TRANSFER_BLOCK + 1;

    /** The same in fixed width. */
    static final int LEAST_AUTHENTICATED_BLOCK_FIXED = 2588 + 90 + 40 + 16 + 16 + 8 + 8 + 8;

    private SyncCodec() {}

    static BlockRequestBatch readBatchRequest(BincodeReader in) throws MalformedMessageException {
        return new BlockRequestBatch(in.digests(), in.u64(), MmrCodec.readAccumulator(in));
    }

    static void write(BincodeWriter out, BlockRequestBatch request) {
        out.digests(request.knownBlocks());
        out.u64(request.maxResponseLength());
        MmrCodec.write(out, request.anchor());
    }

    static AuthenticatedBlock readAuthenticatedBlock(BincodeReader in) throws MalformedMessageException {
        return new AuthenticatedBlock(BlockCodec.readTransferBlock(in), MmrCodec.readMembershipProof(in));
    }

    static void write(BincodeWriter out, AuthenticatedBlock block) {
        BlockCodec.write(out, block.block());
        MmrCodec.write(out, block.membershipProof());
    }

    static SyncChallenge readChallenge(BincodeReader in) throws MalformedMessageException {
        return new SyncChallenge(in.digest(), in.array(SyncChallenge.SIZE, BlockCodec::readHeight));
    }

    static void write(BincodeWriter out, SyncChallenge challenge) {
        out.digest(challenge.tipDigest());
        out.array(challenge.challenges(), BlockCodec::write);
    }

    static SyncChallengeResponse readChallengeResponse(BincodeReader in) throws MalformedMessageException {
        return new SyncChallengeResponse(
                in.array(SyncChallenge.SIZE, SyncCodec::readBlockPair),
                in.array(SyncChallenge.SIZE, MmrCodec::readMembershipProof),
                BlockCodec.readTransferBlock(in),
                BlockCodec.readTransferBlock(in),
                in.array(SyncChallenge.SIZE, BlockCodec::readHeaderWithWitness));
    }

    static void write(BincodeWriter out, SyncChallengeResponse response) {
        out.array(response.blocks(), SyncCodec::write);
        out.array(response.membershipProofs(), MmrCodec::write);
        BlockCodec.write(out, response.tipParent());
        BlockCodec.write(out, response.tip());
        out.array(response.powWitnesses(), BlockCodec::write);
    }

    private static SyncBlockPair readBlockPair(BincodeReader in) throws MalformedMessageException {
        return new SyncBlockPair(BlockCodec.readTransferBlock(in), BlockCodec.readTransferBlock(in));
    }

    private static void write(BincodeWriter out, SyncBlockPair pair) {
        BlockCodec.write(out, pair.parent());
        BlockCodec.write(out, pair.child());
    }

    static TransferSyncBitMask readCoverage(BincodeReader in) throws MalformedMessageException {
        return new TransferSyncBitMask(in.u64(), in.u64(), in.words());
    }

    static void write(BincodeWriter out, TransferSyncBitMask coverage) {
        out.u64(coverage.lowerBound());
        out.u64(coverage.upperBound());
        out.words(coverage.limbs());
    }

    static ValidatedBlockRequestByHeight readValidatedRequest(BincodeReader in) throws MalformedMessageException {
        return new ValidatedBlockRequestByHeight(BlockCodec.readHeight(in), MmrCodec.readAccumulator(in));
    }

    static void write(BincodeWriter out, ValidatedBlockRequestByHeight request) {
        BlockCodec.write(out, request.height());
        MmrCodec.write(out, request.anchor());
    }

    static ArchivalMutatorSetRequest readSetRequest(BincodeReader in) throws MalformedMessageException {
        return new ArchivalMutatorSetRequest(in.digest(), in.digest(), in.u64());
    }

    static void write(BincodeWriter out, ArchivalMutatorSetRequest request) {
        out.digest(request.blockHash());
        out.digest(request.nonce());
        out.u64(request.offset());
    }

    static ArchivalMutatorSetFrame readSetFrame(BincodeReader in) throws MalformedMessageException {
        return new ArchivalMutatorSetFrame(in.digest(), in.u64(), in.u64(), in.bytes());
    }

    static void write(BincodeWriter out, ArchivalMutatorSetFrame frame) {
        out.digest(frame.blockHash());
        out.u64(frame.totalLength());
        out.u64(frame.offset());
        out.bytes(frame.bytes());
    }
}
