package proteus.application.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import proteus.application.chain.ChainState;
import proteus.application.contract.ComposedChain;
import proteus.application.contract.InMemoryChain;
import proteus.application.contract.ManualScheduler;
import proteus.application.mining.Proposal.Origin;
import proteus.application.runtime.PlatformWorkPool;
import proteus.domain.block.BlockHeight;
import proteus.domain.consensus.BlockRule;
import proteus.domain.consensus.BlockVerdict;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.network.Network;
import proteus.domain.peer.IpAddress;
import proteus.domain.transaction.NativeCurrencyAmount;

final class ProposalsTest {

    private static final Network REGTEST = new Network.RegTest();

    private final PlatformWorkPool pool = new PlatformWorkPool("proposals-test", 1, 4);
    private final ChainState chain = InMemoryChain.of(REGTEST, pool, new ManualScheduler());
    private final Proposals proposals = Proposals.of(REGTEST, MiningSettings.DEFAULT, chain);
    private final List<Proposal> told = new ArrayList<>();

    ProposalsTest() {
        proposals.addListener(told::add);
    }

    @AfterEach
    void close() {
        chain.close();
        pool.close();
    }

    private static Proposal paying(int coins, Origin origin) {
        return SampleProposals.paying(NativeCurrencyAmount.ofCoins(coins), origin);
    }

    @Test
    void theBestForeignOneIsHeldUntilTheNodeMakesOne() {
        Proposal two = paying(2, Origin.FOREIGN);
        Proposal three = paying(3, Origin.FOREIGN);
        Proposal own = paying(1, Origin.OWN);

        assertThat(proposals.offer(two)).isTrue();
        assertThat(proposals.offer(paying(1, Origin.FOREIGN))).isFalse();
        assertThat(proposals.offer(two)).isFalse();
        assertThat(proposals.offer(three)).isTrue();
        assertThat(proposals.held()).contains(three);
        assertThat(proposals.offer(own)).isTrue();
        assertThat(proposals.offer(paying(9, Origin.FOREIGN))).isFalse();
        assertThat(proposals.held()).contains(own);
        assertThat(told).containsExactly(two, three, own);
    }

    @Test
    void aNewTipTakesItAwayAndNoneIsTakenThatStandsOnTheOldOne() throws Exception {
        Proposal proposal = paying(2, Origin.FOREIGN);
        proposals.offer(proposal);

        chain.submit(List.of(ComposedChain.of(REGTEST).append(100, 1).block()), ChainState.Losers.FORGET);

        assertThat(proposals.held()).isEmpty();
        assertThat(proposals.offer(proposal)).isFalse();
        assertThat(proposals.offer(paying(2, Origin.OWN))).isFalse();
        assertThat(proposals.judge(proposal.hashed())).isEmpty();
        assertThat(proposals.of(new BlockHeight(1), NativeCurrencyAmount.ofCoins(2)))
                .isEqualTo(Favourability.MISPLACED);
        assertThat(proposals.of(new BlockHeight(2), NativeCurrencyAmount.ofCoins(2)))
                .isEqualTo(Favourability.BETTER);
    }

    @Test
    void aProposalNeedsNoWorkAndEverythingElse() throws Exception {
        Proposal good = paying(2, Origin.FOREIGN);
        // More than there is to mint.
        HashedBlock greedy = HashedBlock.of(SampleProposals.minting(NativeCurrencyAmount.ofCoins(129)));

        assertThat(proposals.judge(good.hashed())).isEqualTo(Optional.of(new BlockVerdict.Valid()));
        assertThat(chain.judge(chain.snapshot().tipBlock(), good.hashed()))
                .isEqualTo(new BlockVerdict.Invalid(BlockRule.PROOF_OF_WORK));
        assertThat(proposals.judge(greedy))
                .isEqualTo(Optional.of(new BlockVerdict.Invalid(BlockRule.COINBASE_TOO_BIG)));
    }

    @Test
    void thePolicyLooksAtTheAddress() {
        IpAddress one = new IpAddress.V4(0x0A000001);
        IpAddress other = new IpAddress.V4(0x0A000002);

        assertThat(ProposalPolicy.OPEN.acceptsFrom(one)).isTrue();
        assertThat(new ProposalPolicy(true, Set.of(), false).acceptsFrom(one)).isFalse();
        assertThat(new ProposalPolicy(true, Set.of(one), false).acceptsFrom(one))
                .isFalse();
        assertThat(new ProposalPolicy(false, Set.of(one), false).acceptsFrom(one))
                .isTrue();
        assertThat(new ProposalPolicy(false, Set.of(one), false).acceptsFrom(other))
                .isFalse();
    }

    @Test
    void foreignProposalsAreWorthItFromTheirShareOnAndOwnOnesAlways() {
        MiningSettings half = MiningSettings.DEFAULT;

        assertThat(half.isWorthGuessing(paying(64, Origin.FOREIGN))).isTrue();
        assertThat(half.isWorthGuessing(paying(63, Origin.FOREIGN))).isFalse();
        assertThat(half.isWorthGuessing(paying(0, Origin.OWN))).isTrue();
    }

    @Test
    void whereProofsAreRealNoneIsAskedFor() {
        assertThat(proposals.areJudged()).isTrue();
        ChainState real = InMemoryChain.of(new Network.Main(), pool, new ManualScheduler());
        assertThat(Proposals.of(new Network.Main(), MiningSettings.DEFAULT, real)
                        .areJudged())
                .isFalse();
        real.close();
    }
}
