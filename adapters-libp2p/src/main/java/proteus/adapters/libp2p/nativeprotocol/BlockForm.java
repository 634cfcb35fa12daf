package proteus.adapters.libp2p.nativeprotocol;

import java.util.List;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.AuthenticatedBlockMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.BlockMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.BodyMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.ClaimMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.EmptyMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.HeaderMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.ProposedBlockMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.WitnessedHeaderMessage;
import proteus.domain.block.Block;
import proteus.domain.block.BlockAppendix;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockKernel;
import proteus.domain.block.BlockPow;
import proteus.domain.block.BlockProof;
import proteus.domain.block.Claim;
import proteus.domain.block.Difficulty;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.block.HeaderToBlockHashWitness;
import proteus.domain.block.ProofOfWork;
import proteus.domain.block.TransferBlock;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.peer.AuthenticatedBlock;
import proteus.domain.transaction.Proof;
import proteus.domain.transaction.Timestamp;

/** Blocks. */
final class BlockForm {

    private BlockForm() {}

    static HeaderMessage of(BlockHeader header) {
        return HeaderMessage.newBuilder()
                .setVersion(header.version())
                .setHeight(header.height().value())
                .setPrevious(Packed.of(header.prevBlockDigest()))
                .setTimestamp(header.timestamp().millis())
                .setPowRoot(Packed.of(header.pow().root()))
                .setPowPathA(Packed.of(header.pow().pathA()))
                .setPowPathB(Packed.of(header.pow().pathB()))
                .setPowNonce(Packed.of(header.pow().nonce()))
                .setCumulativeWork(Packed.of(header.cumulativeProofOfWork().limbs()))
                .setDifficulty(Packed.of(header.difficulty().limbs()))
                .setReceiver(Packed.of(header.guesserReceiverData().receiverDigest()))
                .setLockScript(Packed.of(header.guesserReceiverData().lockScriptHash()))
                .build();
    }

    static BlockHeader header(HeaderMessage message) {
        return new BlockHeader(
                message.getVersion(),
                new BlockHeight(message.getHeight()),
                Packed.digest(message.getPrevious()),
                new Timestamp(message.getTimestamp()),
                new BlockPow(
                        Packed.digest(message.getPowRoot()),
                        Packed.digests(message.getPowPathA()),
                        Packed.digests(message.getPowPathB()),
                        Packed.digest(message.getPowNonce())),
                new ProofOfWork(Packed.words(message.getCumulativeWork())),
                new Difficulty(Packed.words(message.getDifficulty())),
                new GuesserReceiverData(Packed.digest(message.getReceiver()), Packed.digest(message.getLockScript())));
    }

    static WitnessedHeaderMessage of(BlockHeaderWithBlockHashWitness header) {
        return WitnessedHeaderMessage.newBuilder()
                .setHeader(of(header.header()))
                .setBodyLeaf(Packed.of(header.witness().bodyLeaf()))
                .setAppendixLeaf(Packed.of(header.witness().appendixLeaf()))
                .setProofLeaf(Packed.of(header.witness().proofLeaf()))
                .build();
    }

    static BlockHeaderWithBlockHashWitness witnessed(WitnessedHeaderMessage message) {
        return new BlockHeaderWithBlockHashWitness(
                header(message.getHeader()),
                new HeaderToBlockHashWitness(
                        Packed.digest(message.getBodyLeaf()),
                        Packed.digest(message.getAppendixLeaf()),
                        Packed.digest(message.getProofLeaf())));
    }

    private static BodyMessage of(BlockBody body) {
        return BodyMessage.newBuilder()
                .setKernel(TransactionForm.of(body.transactionKernel()))
                .setMutatorSet(MutatorSetForm.of(body.mutatorSetAccumulator()))
                .setLockFree(MutatorSetForm.of(body.lockFreeMmrAccumulator()))
                .setBlocks(MutatorSetForm.of(body.blockMmrAccumulator()))
                .build();
    }

    private static BlockBody body(BodyMessage message) {
        return new BlockBody(
                TransactionForm.kernel(message.getKernel()),
                MutatorSetForm.set(message.getMutatorSet()),
                MutatorSetForm.accumulator(message.getLockFree()),
                MutatorSetForm.accumulator(message.getBlocks()));
    }

    private static List<ClaimMessage> of(BlockAppendix appendix) {
        return appendix.claims().stream()
                .map(claim -> ClaimMessage.newBuilder()
                        .setProgram(Packed.of(claim.programDigest()))
                        .setVersion(claim.version())
                        .setInput(Packed.of(claim.input()))
                        .setOutput(Packed.of(claim.output()))
                        .build())
                .toList();
    }

    private static BlockAppendix appendix(List<ClaimMessage> claims) {
        return new BlockAppendix(claims.stream()
                .map(claim -> new Claim(
                        Packed.digest(claim.getProgram()),
                        claim.getVersion(),
                        Packed.elements(claim.getInput()),
                        Packed.elements(claim.getOutput())))
                .toList());
    }

    static BlockMessage of(TransferBlock block) {
        return BlockMessage.newBuilder()
                .setHeader(of(block.header()))
                .setBody(of(block.body()))
                .addAllClaims(of(block.appendix()))
                .setProof(TransactionForm.of(block.proof()))
                .build();
    }

    static TransferBlock block(BlockMessage message) {
        return new TransferBlock(
                header(message.getHeader()),
                body(message.getBody()),
                appendix(message.getClaimsList()),
                TransactionForm.proof(message.getProof()));
    }

    static ProposedBlockMessage of(Block block) {
        ProposedBlockMessage.Builder message = ProposedBlockMessage.newBuilder()
                .setHeader(of(block.kernel().header()))
                .setBody(of(block.kernel().body()))
                .addAllClaims(of(block.kernel().appendix()));
        switch (block.proof()) {
            case BlockProof.Genesis() -> message.setGenesis(EmptyMessage.getDefaultInstance());
            case BlockProof.Invalid() -> message.setInvalid(EmptyMessage.getDefaultInstance());
            case BlockProof.SingleProof(Proof single) -> message.setSingleProof(TransactionForm.of(single));
        }
        return message.build();
    }

    static Block proposed(ProposedBlockMessage message) {
        BlockKernel kernel = new BlockKernel(
                header(message.getHeader()), body(message.getBody()), appendix(message.getClaimsList()));
        BlockProof proof = switch (message.getProofCase()) {
            case GENESIS -> new BlockProof.Genesis();
            case INVALID -> new BlockProof.Invalid();
            case SINGLE_PROOF -> new BlockProof.SingleProof(TransactionForm.proof(message.getSingleProof()));
            case PROOF_NOT_SET -> throw Unsurveyed.message();
        };
        return new Block(kernel, proof);
    }

    static AuthenticatedBlockMessage of(AuthenticatedBlock block) {
        return AuthenticatedBlockMessage.newBuilder()
                .setBlock(of(block.block()))
                .setPath(Packed.of(block.membershipProof().authenticationPath()))
                .build();
    }

    static AuthenticatedBlock authenticated(AuthenticatedBlockMessage message) {
        return new AuthenticatedBlock(
                block(message.getBlock()), new MmrMembershipProof(Packed.digests(message.getPath())));
    }
}
