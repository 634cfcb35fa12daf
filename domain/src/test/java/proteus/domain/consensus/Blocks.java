package proteus.domain.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import proteus.domain.block.Block;
import proteus.domain.block.BlockAppendix;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockKernel;
import proteus.domain.block.BlockPow;
import proteus.domain.block.BlockProof;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.network.ConsensusRuleSet;
import proteus.domain.network.Network;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransactionKernel;

/**
 * A block that differs from another in some parts. Its appendix follows its transaction; its nonce is not found anew
 * until {@link #mined}.
 *
 * @param block the block so far
 */
record Blocks(Block block) {

    static Blocks with(Block block) {
        return new Blocks(block);
    }

    /** With a nonce that is worth the difficulty on regtest. */
    Block mined(BlockHeader parent) {
        return Guesser.guess(new Network.RegTest(), parent, block, Digest.ZERO, 1_000_000)
                .orElseThrow();
    }

    BlockHeader header() {
        return block.kernel().header();
    }

    BlockBody body() {
        return block.kernel().body();
    }

    TransactionKernel transaction() {
        return body().transactionKernel();
    }

    Blocks header(UnaryOperator<Headers> change) {
        return of(
                change.apply(Headers.with(header())).header(),
                body(),
                block.kernel().appendix());
    }

    Blocks pow(UnaryOperator<BlockPow> change) {
        return header(header -> header.pow(change.apply(header.header().pow())));
    }

    /** Another element in a digest of the first path. */
    Blocks pathA(int digest, int element, long value) {
        return pow(pow -> {
            List<Digest> path = new ArrayList<>(pow.pathA());
            long[] elements = new long[Digest.LENGTH];
            path.get(digest).copyTo(elements, 0);
            elements[element] = value;
            path.set(digest, new Digest(elements[0], elements[1], elements[2], elements[3], elements[4]));
            return new BlockPow(pow.root(), path, pow.pathB(), pow.nonce());
        });
    }

    Blocks lustration(UnaryOperator<LustrationStatus> change) {
        return pow(pow -> change.apply(LustrationStatus.of(pow).orElseThrow()).in(pow));
    }

    Blocks appendix(BlockAppendix appendix) {
        return of(header(), body(), appendix);
    }

    Blocks proof(BlockProof proof) {
        return new Blocks(new Block(block.kernel(), proof));
    }

    Blocks mutatorSet(MutatorSetAccumulator set) {
        return body(new BlockBody(transaction(), set, body().lockFreeMmrAccumulator(), body().blockMmrAccumulator()));
    }

    Blocks lockFreeMmr(MmrAccumulator mmr) {
        return body(new BlockBody(transaction(), body().mutatorSetAccumulator(), mmr, body().blockMmrAccumulator()));
    }

    Blocks blockMmr(MmrAccumulator mmr) {
        return body(new BlockBody(transaction(), body().mutatorSetAccumulator(), body().lockFreeMmrAccumulator(), mmr));
    }

    Blocks inputs(List<RemovalRecord> inputs) {
        TransactionKernel old = transaction();
        return transaction(inputs, old.outputs(), old.announcements(), old.fee(), old.coinbase(), old.timestamp());
    }

    Blocks outputs(List<AdditionRecord> outputs) {
        TransactionKernel old = transaction();
        return transaction(old.inputs(), outputs, old.announcements(), old.fee(), old.coinbase(), old.timestamp());
    }

    Blocks announcements(List<Announcement> announcements) {
        TransactionKernel old = transaction();
        return transaction(old.inputs(), old.outputs(), announcements, old.fee(), old.coinbase(), old.timestamp());
    }

    Blocks announcement(Announcement more) {
        List<Announcement> announcements = new ArrayList<>(transaction().announcements());
        announcements.add(more);
        return announcements(announcements);
    }

    Blocks fee(NativeCurrencyAmount fee) {
        TransactionKernel old = transaction();
        return transaction(old.inputs(), old.outputs(), old.announcements(), fee, old.coinbase(), old.timestamp());
    }

    Blocks coinbase(NativeCurrencyAmount coinbase) {
        TransactionKernel old = transaction();
        return transaction(
                old.inputs(), old.outputs(), old.announcements(), old.fee(), Optional.of(coinbase), old.timestamp());
    }

    Blocks transactionTimestamp(Timestamp timestamp) {
        TransactionKernel old = transaction();
        return transaction(old.inputs(), old.outputs(), old.announcements(), old.fee(), old.coinbase(), timestamp);
    }

    Blocks mutatorSetHash(Digest hash) {
        TransactionKernel old = transaction();
        return kernel(new TransactionKernel(
                old.inputs(),
                old.outputs(),
                old.announcements(),
                old.fee(),
                old.coinbase(),
                old.timestamp(),
                hash,
                old.mergeBit()));
    }

    Blocks mergeBit(boolean mergeBit) {
        TransactionKernel old = transaction();
        return kernel(new TransactionKernel(
                old.inputs(),
                old.outputs(),
                old.announcements(),
                old.fee(),
                old.coinbase(),
                old.timestamp(),
                old.mutatorSetHash(),
                mergeBit));
    }

    private Blocks transaction(
            List<RemovalRecord> inputs,
            List<AdditionRecord> outputs,
            List<Announcement> announcements,
            NativeCurrencyAmount fee,
            Optional<NativeCurrencyAmount> coinbase,
            Timestamp timestamp) {
        return kernel(new TransactionKernel(
                inputs,
                outputs,
                announcements,
                fee,
                coinbase,
                timestamp,
                transaction().mutatorSetHash(),
                transaction().mergeBit()));
    }

    private Blocks kernel(TransactionKernel kernel) {
        BlockBody old = body();
        return body(new BlockBody(
                kernel, old.mutatorSetAccumulator(), old.lockFreeMmrAccumulator(), old.blockMmrAccumulator()));
    }

    private Blocks body(BlockBody body) {
        return of(
                header(),
                body,
                new BlockAppendix(List.of(
                        BlockClaims.transactionValidity(ConsensusRuleSet.HARDFORK_DELTA, body.transactionKernel()))));
    }

    private Blocks of(BlockHeader header, BlockBody body, BlockAppendix appendix) {
        return new Blocks(new Block(new BlockKernel(header, body, appendix), block.proof()));
    }
}
