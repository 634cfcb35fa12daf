package proteus.application.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.samples.RandomBlocks;
import proteus.application.samples.WireSamples;
import proteus.domain.block.Block;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockKernel;
import proteus.domain.block.Genesis;
import proteus.domain.consensus.BlockCheck;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.BlockVerdict;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.consensus.HeaderValidation;
import proteus.domain.consensus.KnownClaims;
import proteus.domain.consensus.ParentBlock;
import proteus.domain.network.Network;
import proteus.domain.peer.PeerMessage;
import proteus.domain.transaction.Timestamp;

/** Blocks that are right in form and nonsense otherwise, whole or in parts: every part of a judgement judges them. */
class JudgedNonsenseTest {

    private static final Timestamp NOW = new Timestamp(1L << 50);
    private static final List<ParentBlock> PARENTS = Stream.of(
                    "main", "testnet-0", "testnet-3", "testnet-mock", "regtest")
            .map(name -> ParentBlock.of(Genesis.of(Network.parse(name).orElseThrow())))
            .toList();
    private static final List<Network> NETWORKS = List.of(
            new Network.Main(),
            new Network.Testnet(0),
            new Network.Testnet(3),
            new Network.TestnetMock(),
            new Network.RegTest());

    private static final Block FIRST = first();

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nonsenseIsInvalidAndNeverFatal(long seed) {
        RandomBlocks random = new RandomBlocks(new SplittableRandom(seed));
        Block block = random.block();

        for (int i = 0; i < NETWORKS.size(); i++) {
            BlockValidation validation = new BlockValidation(NETWORKS.get(i), KnownClaims.none());
            List<BlockVerdict> parts = validation.checks(PARENTS.get(i), HashedBlock.of(block), NOW).all().stream()
                    .map(BlockCheck::judge)
                    .toList();

            assertThat(BlockValidation.verdict(parts)).isInstanceOf(BlockVerdict.Invalid.class);
            assertThat(validation.validateAlone(block, NOW)).isInstanceOf(BlockVerdict.Invalid.class);
            assertThat(new HeaderValidation(NETWORKS.get(i))
                            .firstBroken(
                                    PARENTS.get(i).header(),
                                    new BlockHeaderWithBlockHashWitness(
                                            block.kernel().header(), BlockHash.witness(block))))
                    .isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aGoodBlockWithOnePartOfNonsenseIsInvalid(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Block nonsense = new RandomBlocks(random).block();
        Block mixed = mixed(FIRST, nonsense, random.nextInt(7));
        ParentBlock parent = PARENTS.getLast();

        List<BlockVerdict> parts = new BlockValidation(new Network.RegTest(), KnownClaims.none())
                .checks(parent, HashedBlock.of(mixed), NOW).all().stream()
                        .map(BlockCheck::judge)
                        .toList();

        assertThat(BlockValidation.verdict(parts)).isInstanceOf(BlockVerdict.Invalid.class);
    }

    private static Block mixed(Block good, Block nonsense, int part) {
        BlockKernel kernel = good.kernel();
        BlockBody body = kernel.body();
        BlockBody other = nonsense.kernel().body();
        return switch (part) {
            case 0 -> new Block(new BlockKernel(nonsense.kernel().header(), body, kernel.appendix()), good.proof());
            case 1 -> new Block(new BlockKernel(kernel.header(), other, kernel.appendix()), good.proof());
            case 2 ->
                new Block(
                        new BlockKernel(kernel.header(), body, nonsense.kernel().appendix()), good.proof());
            case 3 -> new Block(kernel, nonsense.proof());
            case 4 ->
                withBody(
                        good,
                        new BlockBody(
                                other.transactionKernel(),
                                body.mutatorSetAccumulator(),
                                body.lockFreeMmrAccumulator(),
                                body.blockMmrAccumulator()));
            case 5 ->
                withBody(
                        good,
                        new BlockBody(
                                body.transactionKernel(),
                                other.mutatorSetAccumulator(),
                                body.lockFreeMmrAccumulator(),
                                body.blockMmrAccumulator()));
            default ->
                withBody(
                        good,
                        new BlockBody(
                                body.transactionKernel(),
                                body.mutatorSetAccumulator(),
                                body.lockFreeMmrAccumulator(),
                                other.blockMmrAccumulator()));
        };
    }

    private static Block withBody(Block block, BlockBody body) {
        return new Block(
                new BlockKernel(block.kernel().header(), body, block.kernel().appendix()), block.proof());
    }

    private static Block first() {
        for (byte[] frame : WireSamples.recordedFrames("legacy-session")) {
            if (message(frame) instanceof PeerMessage.Block(var block)) {
                return block.toBlock();
            }
        }
        throw new AssertionError("no block in the recording");
    }

    private static PeerMessage message(byte[] frame) {
        try {
            return PeerMessageCodec.decode(frame);
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }
}
