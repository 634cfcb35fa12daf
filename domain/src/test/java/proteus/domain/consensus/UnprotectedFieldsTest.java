package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.domain.consensus.RegtestBlock.BLOCK;
import static proteus.domain.consensus.RegtestBlock.PARENT;
import static proteus.domain.consensus.RegtestBlock.announcement;
import static proteus.domain.consensus.RegtestBlock.judge;
import static proteus.domain.consensus.RegtestBlock.mined;
import static proteus.domain.consensus.RegtestBlock.with;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.block.Block;
import proteus.domain.block.BlockAppendix;
import proteus.domain.block.BlockPow;
import proteus.domain.block.Claim;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.transaction.NativeCurrencyAmount;

/** Each field that no rule protects: changed and guessed anew, the block stays valid. */
class UnprotectedFieldsTest {

    @ParameterizedTest
    @MethodSource("unprotected")
    void whatNoRuleProtectsCanBeChanged(Unprotected field) {
        assertThat(field.block()).isNotEqualTo(BLOCK);
        assertThat(judge(field.block())).isEqualTo(new BlockVerdict.Valid());
    }

    /** A block with another value in a field that no rule protects. */
    record Unprotected(String field, Block block) {
        @Override
        public String toString() {
            return field;
        }
    }

    static Stream<Unprotected> unprotected() {
        List<Digest> path = Collections.nCopies(29, new Digest(5, 5, 5, 5, 5));
        Claim claim = new Claim(Digest.ZERO, 3, BFieldElements.empty(), BFieldElements.of(1));
        List<Claim> claims = new ArrayList<>(BLOCK.kernel().appendix().claims());
        claims.add(claim);
        return Stream.of(
                free(
                        "version, if repeated",
                        with().header(old -> old.version(7)).pathA(26, 4, 7)),
                free(
                        "guesser_receiver_data",
                        with().header(old -> old.guesser(
                                        PARENT.block().kernel().header().guesserReceiverData()))
                                .header(old -> old.guesser(new GuesserReceiverData(Digest.ZERO, Digest.ZERO)))),
                free(
                        "pow.root",
                        with().pow(old -> new BlockPow(path.getFirst(), old.pathA(), old.pathB(), old.nonce()))),
                free("pow.path_b", with().pow(old -> new BlockPow(old.root(), old.pathA(), path, old.nonce()))),
                free("pow.path_a, first digest", with().pathA(0, 0, 5)),
                free("pow.path_a, digest before the version's", with().pathA(25, 4, 5)),
                free("pow.path_a, beside the version", with().pathA(26, 3, 5)),
                free(
                        "pow.path_a, after the lustration status",
                        with().pathA(28, 1, 5).pathA(28, 4, 5)),
                free("lock_free_mmr", with().lockFreeMmr(new MmrAccumulator(12, List.of(Digest.ZERO, Digest.ZERO)))),
                free("lock_free_mmr, inconsistent", with().lockFreeMmr(new MmrAccumulator(-1, List.of()))),
                free("merge_bit, where proofs are mock", with().mergeBit(false)),
                free("fee, where proofs are mock", with().fee(new NativeCurrencyAmount(Long.MAX_VALUE, -1))),
                free(
                        "claims beside the transaction's, where proofs are mock",
                        with().appendix(new BlockAppendix(claims))),
                free("announcements", with().announcement(announcement(10))));
    }

    private static Unprotected free(String field, Blocks changed) {
        return new Unprotected(field, mined(changed));
    }
}
