package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockPow;
import proteus.domain.block.Genesis;
import proteus.domain.block.PowMastPaths;
import proteus.domain.block.ProofOfWork;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.network.NetworkParameters;

/** Protocol page "consensus", section 5.4. Headers need no true witness here. */
class ProofOfWorkCheckTest {

    private static final Network REGTEST = new Network.RegTest();
    private static final Network MOCK = new Network.TestnetMock();
    private static final Network TESTNET = new Network.Testnet(9);

    private final Genesis genesis = Genesis.of(REGTEST);

    @ParameterizedTest
    @ValueSource(strings = {"regtest", "testnet-mock", "testnet-9"})
    void aHashBelowTheTargetIsEnoughSinceBeta(String name) {
        Network network = Network.parse(name).orElseThrow();
        BlockHeader parent = parent(6_000);
        BlockHeader child = ground(child(parent, 6_000), 6_000, true);

        assertThat(check(network, parent, child)).isEqualTo(WorkVerdict.ENOUGH);
        assertThat(check(network, parent, ground(child, 6_000, false))).isEqualTo(WorkVerdict.THRESHOLD_NOT_MET);
    }

    @Test
    void onRegtestTheParentsTargetIsEnoughToo() {
        BlockHeader parent = parent(6_000);
        BlockHeader child = ground(child(parent, 4_000_000_000L), 6_000, true);

        assertThat(check(REGTEST, parent, child)).isEqualTo(WorkVerdict.ENOUGH);
        assertThat(check(TESTNET, parent, child)).isEqualTo(WorkVerdict.THRESHOLD_NOT_MET);
    }

    @Test
    void onRegtestTheOwnTargetIsEnoughAsWell() {
        BlockHeader parent = parent(4_000_000_000L);
        BlockHeader child = ground(child(parent, 6_000), 6_000, true);

        assertThat(check(REGTEST, parent, child)).isEqualTo(WorkVerdict.ENOUGH);
    }

    @Test
    void difficultiesBelowTheLeastAreRefused() {
        BlockHeader child = ground(child(parent(6_000), 5_999), 6_000, true);

        assertThat(check(TESTNET, parent(5_999), child)).isEqualTo(WorkVerdict.PARENT_DIFFICULTY_TOO_LOW);
        assertThat(check(TESTNET, parent(6_000), child)).isEqualTo(WorkVerdict.DIFFICULTY_TOO_LOW);
        assertThat(new ProofOfWorkCheck(TESTNET).alone(witnessed(child))).isEqualTo(WorkVerdict.DIFFICULTY_TOO_LOW);
    }

    @Test
    void onTestnetMockALateBlockNeedsNoWork() {
        BlockHeader parent = parent(1_000_000);
        BlockHeader late = ground(
                Headers.with(child(parent, 6_000))
                        .timestamp(parent.timestamp().plus(1_176_000))
                        .header(),
                6_000,
                false);

        assertThat(check(MOCK, parent, late)).isEqualTo(WorkVerdict.ENOUGH);
        assertThat(check(TESTNET, parent, late)).isEqualTo(WorkVerdict.THRESHOLD_NOT_MET);
        assertThat(check(MOCK, parent, Headers.with(late).difficulty(6_001).header()))
                .isEqualTo(WorkVerdict.THRESHOLD_NOT_MET);
    }

    @Test
    void beforeBetaBothPathsAreNeeded() {
        BlockHeader parent = parent(6_000);
        BlockHeader child = ground(child(parent, 6_000), 6_000, true);

        assertThat(check(new Network.Main(), parent, child)).isEqualTo(WorkVerdict.PATH_A_INVALID);
        assertThat(check(new Network.Testnet(0), parent, child)).isEqualTo(WorkVerdict.PATH_A_INVALID);
    }

    @Test
    void aloneOnlyWhatNeedsNoParentIsJudged() {
        BlockHeader bad = ground(child(parent(6_000), 6_000), 6_000, false);

        assertThat(new ProofOfWorkCheck(TESTNET).alone(witnessed(bad))).isEqualTo(WorkVerdict.THRESHOLD_NOT_MET);
        for (Network network : new Network[] {REGTEST, MOCK, new Network.Main()}) {
            assertThat(new ProofOfWorkCheck(network).alone(witnessed(bad))).isEqualTo(WorkVerdict.ENOUGH);
        }
    }

    @Test
    void anAnnouncedHeaderIsCheckedInUpstreamsOrder() {
        BlockHeader parent = parent(6_000);
        BlockHeader right = ground(child(parent, 5_999), 6_000, true);
        HeaderValidation validation = new HeaderValidation(REGTEST);
        long next = DifficultyControl.next(NetworkParameters.of(REGTEST), parent, right.timestamp())
                .toBigInteger()
                .longValueExact();
        BlockHeader child = Headers.with(right)
                .difficulty(next)
                .work(parent.cumulativeProofOfWork()
                        .plus(Headers.with(right).difficulty(next).header().difficulty()))
                .header();

        assertThat(validation.firstBroken(parent, witnessed(ground(child, next, true))))
                .isEmpty();
        assertThat(validation.firstBroken(parent, witnessed(ground(child, next, false))))
                .contains(BlockRule.PROOF_OF_WORK);
        BlockHeader noWork =
                Headers.with(child).work(parent.cumulativeProofOfWork()).header();
        assertThat(validation.firstBroken(parent, witnessed(noWork))).contains(BlockRule.CUMULATIVE_PROOF_OF_WORK);
        BlockHeader easy = Headers.with(noWork).difficulty(next - 1).header();
        assertThat(validation.firstBroken(parent, witnessed(easy))).contains(BlockRule.DIFFICULTY);
        BlockHeader high = Headers.with(easy).height(new BlockHeight(9)).header();
        assertThat(validation.firstBroken(parent, witnessed(high))).contains(BlockRule.BLOCK_HEIGHT);
    }

    @Test
    void anAnnouncedHeaderOnRegtestHasToMeetItsOwnTarget() {
        BlockHeader parent = parent(6_000);
        BlockHeader child = ground(child(parent, 4_000_000_000L), 6_000, true);

        assertThat(new ProofOfWorkCheck(REGTEST).onTopOf(parent, witnessed(child)))
                .isEqualTo(WorkVerdict.ENOUGH);
        assertThat(new ProofOfWorkCheck(REGTEST).announced(parent, witnessed(child)))
                .isEqualTo(WorkVerdict.THRESHOLD_NOT_MET);
    }

    private BlockHeader parent(long difficulty) {
        return Headers.with(genesis.header())
                .height(new BlockHeight(4))
                .difficulty(difficulty)
                .work(ProofOfWork.of(BigInteger.TEN))
                .header();
    }

    private static BlockHeader child(BlockHeader parent, long difficulty) {
        return Headers.with(parent)
                .height(parent.height().next())
                .timestamp(parent.timestamp().plus(100))
                .difficulty(difficulty)
                .header();
    }

    private WorkVerdict check(Network network, BlockHeader parent, BlockHeader block) {
        return new ProofOfWorkCheck(network).onTopOf(parent, witnessed(block));
    }

    private BlockHeaderWithBlockHashWitness witnessed(BlockHeader header) {
        return new BlockHeaderWithBlockHashWitness(header, genesis.witness());
    }

    /** The header with a nonce whose hash meets the difficulty, or does not. */
    private BlockHeader ground(BlockHeader header, long difficulty, boolean meets) {
        Digest target = Headers.with(header)
                .difficulty(difficulty)
                .header()
                .difficulty()
                .target();
        PowMastPaths paths = PowMastPaths.of(witnessed(header));
        for (long nonce = 0; ; nonce++) {
            BlockPow pow = nonced(header, nonce);
            if (paths.blockHash(pow).compareTo(target) <= 0 == meets) {
                return Headers.with(header).pow(pow).header();
            }
        }
    }

    private static BlockPow nonced(BlockHeader header, long nonce) {
        BlockPow pow = header.pow();
        return new BlockPow(pow.root(), pow.pathA(), pow.pathB(), new Digest(nonce, 0, 0, 0, 0));
    }
}
