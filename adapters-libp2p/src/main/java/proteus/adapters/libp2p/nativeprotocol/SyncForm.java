package proteus.adapters.libp2p.nativeprotocol;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.EmptyMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.BatchMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.BatchRequest;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.BlockPair;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.ChallengeAnswer;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.ChallengeMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.CoverageMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.SetPiece;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.SetRequest;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.SyncFrame;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.ValidatedRequest;
import proteus.application.bridge.SyncFrame.Batch;
import proteus.application.bridge.SyncFrame.Challenge;
import proteus.application.bridge.SyncFrame.Coverage;
import proteus.application.bridge.SyncFrame.Declined;
import proteus.application.bridge.SyncFrame.Validated;
import proteus.domain.block.BlockHeight;
import proteus.domain.field.BFieldElements;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.peer.ArchivalMutatorSetFrame;
import proteus.domain.peer.SyncBlockPair;
import proteus.domain.peer.TransferSyncBitMask;

/** What nodes exchange while one of them catches up. */
final class SyncForm {

    private SyncForm() {}

    static SyncFrame of(proteus.application.bridge.SyncFrame frame) {
        SyncFrame.Builder message = SyncFrame.newBuilder();
        SyncFrame.Builder filled = switch (frame) {
            case proteus.application.bridge.SyncFrame.BatchRequest request -> message.setBatchRequest(of(request));
            case Batch(var blocks) ->
                message.setBatch(BatchMessage.newBuilder()
                        .addAllBlocks(blocks.stream().map(BlockForm::of).toList()));
            case Declined() -> message.setDeclined(EmptyMessage.getDefaultInstance());
            case Challenge(var tip, var heights) ->
                message.setChallenge(
                        ChallengeMessage.newBuilder().setTip(Packed.of(tip)).setHeights(of(heights)));
            case proteus.application.bridge.SyncFrame.ChallengeAnswer answer -> message.setChallengeAnswer(of(answer));
            case Coverage(var coverage) ->
                message.setCoverage(CoverageMessage.newBuilder()
                        .setLower(coverage.lowerBound())
                        .setUpper(coverage.upperBound())
                        .setLimbs(Packed.of(coverage.limbs())));
            case proteus.application.bridge.SyncFrame.ValidatedRequest(var height, var anchor) ->
                message.setValidatedRequest(
                        ValidatedRequest.newBuilder().setHeight(height.value()).setAnchor(MutatorSetForm.of(anchor)));
            case Validated(var block) -> message.setValidated(BlockForm.of(block));
            case proteus.application.bridge.SyncFrame.SetRequest(var block, var nonce, long offset) ->
                message.setSetRequest(SetRequest.newBuilder()
                        .setBlock(Packed.of(block))
                        .setNonce(Packed.of(nonce))
                        .setOffset(offset));
            case proteus.application.bridge.SyncFrame.SetPiece(var piece) -> message.setSetPiece(of(piece));
        };
        return filled.build();
    }

    static proteus.application.bridge.SyncFrame frame(SyncFrame message) {
        return switch (message.getBodyCase()) {
            case BATCH_REQUEST -> request(message.getBatchRequest());
            case BATCH ->
                new Batch(message.getBatch().getBlocksList().stream()
                        .map(BlockForm::authenticated)
                        .toList());
            case DECLINED -> new Declined();
            case CHALLENGE ->
                new Challenge(
                        Packed.digest(message.getChallenge().getTip()),
                        heights(message.getChallenge().getHeights()));
            case CHALLENGE_ANSWER -> answer(message.getChallengeAnswer());
            case COVERAGE -> new Coverage(coverage(message.getCoverage()));
            case VALIDATED_REQUEST ->
                new proteus.application.bridge.SyncFrame.ValidatedRequest(
                        new BlockHeight(message.getValidatedRequest().getHeight()),
                        MutatorSetForm.accumulator(message.getValidatedRequest().getAnchor()));
            case VALIDATED -> new Validated(BlockForm.authenticated(message.getValidated()));
            case SET_REQUEST ->
                new proteus.application.bridge.SyncFrame.SetRequest(
                        Packed.digest(message.getSetRequest().getBlock()),
                        Packed.digest(message.getSetRequest().getNonce()),
                        message.getSetRequest().getOffset());
            case SET_PIECE -> new proteus.application.bridge.SyncFrame.SetPiece(piece(message.getSetPiece()));
            case BODY_NOT_SET -> throw Unsurveyed.message();
        };
    }

    private static BatchRequest of(proteus.application.bridge.SyncFrame.BatchRequest request) {
        return BatchRequest.newBuilder()
                .setKnown(Packed.of(request.known()))
                .setMostBlocks(request.mostBlocks())
                .setAnchor(MutatorSetForm.of(request.anchor()))
                .build();
    }

    private static proteus.application.bridge.SyncFrame request(BatchRequest message) {
        return new proteus.application.bridge.SyncFrame.BatchRequest(
                Packed.digests(message.getKnown()),
                message.getMostBlocks(),
                MutatorSetForm.accumulator(message.getAnchor()));
    }

    private static ByteString of(List<BlockHeight> heights) {
        return Packed.of(BFieldElements.owning(
                heights.stream().mapToLong(BlockHeight::value).toArray()));
    }

    private static List<BlockHeight> heights(ByteString bytes) {
        BFieldElements elements = Packed.elements(bytes);
        List<BlockHeight> heights = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            heights.add(new BlockHeight(elements.at(i)));
        }
        return heights;
    }

    private static ChallengeAnswer of(proteus.application.bridge.SyncFrame.ChallengeAnswer answer) {
        ChallengeAnswer.Builder message = ChallengeAnswer.newBuilder()
                .setTipParent(BlockForm.of(answer.tipParent()))
                .setTip(BlockForm.of(answer.tip()));
        answer.blocks()
                .forEach(pair -> message.addBlocks(BlockPair.newBuilder()
                        .setParent(BlockForm.of(pair.parent()))
                        .setChild(BlockForm.of(pair.child()))));
        answer.proofs().forEach(proof -> message.addPaths(Packed.of(proof.authenticationPath())));
        answer.headers().forEach(header -> message.addHeaders(BlockForm.of(header)));
        return message.build();
    }

    private static proteus.application.bridge.SyncFrame answer(ChallengeAnswer message) {
        return new proteus.application.bridge.SyncFrame.ChallengeAnswer(
                message.getBlocksList().stream()
                        .map(pair ->
                                new SyncBlockPair(BlockForm.block(pair.getParent()), BlockForm.block(pair.getChild())))
                        .toList(),
                message.getPathsList().stream()
                        .map(path -> new MmrMembershipProof(Packed.digests(path)))
                        .toList(),
                BlockForm.block(message.getTipParent()),
                BlockForm.block(message.getTip()),
                message.getHeadersList().stream().map(BlockForm::witnessed).toList());
    }

    private static TransferSyncBitMask coverage(CoverageMessage message) {
        return new TransferSyncBitMask(message.getLower(), message.getUpper(), Packed.words(message.getLimbs()));
    }

    private static SetPiece of(ArchivalMutatorSetFrame piece) {
        return SetPiece.newBuilder()
                .setBlock(Packed.of(piece.blockHash()))
                .setTotal(piece.totalLength())
                .setOffset(piece.offset())
                .setBytes(Packed.of(piece.bytes()))
                .build();
    }

    private static ArchivalMutatorSetFrame piece(SetPiece message) {
        return new ArchivalMutatorSetFrame(
                Packed.digest(message.getBlock()),
                message.getTotal(),
                message.getOffset(),
                Packed.octets(message.getBytes()));
    }
}
