package proteus.application.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.chain.ChainState;
import proteus.application.contract.Await;
import proteus.application.contract.InMemoryChain;
import proteus.application.contract.ManualScheduler;
import proteus.application.contract.SeededRandomness;
import proteus.application.mining.Proposal.Origin;
import proteus.application.port.MiningControl.CannotMineException;
import proteus.application.port.MiningControl.MinedBlock;
import proteus.application.port.MiningControl.MinerActivity;
import proteus.application.runtime.PlatformWorkPool;
import proteus.application.sync.SyncSettings;
import proteus.application.sync.Synchronisation;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.transaction.NativeCurrencyAmount;

@Timeout(120)
final class MiningTest {

    private static final Network REGTEST = new Network.RegTest();
    private static final GuesserReceiverData ME =
            new GuesserReceiverData(new Digest(4, 0, 0, 0, 1), new Digest(4, 0, 0, 0, 2));

    private final ManualScheduler clock = new ManualScheduler();
    private final PlatformWorkPool pool = new PlatformWorkPool("mining-test", 1, 4);
    private final ChainState chain = InMemoryChain.of(REGTEST, pool, clock);
    private final List<Mining> started = new ArrayList<>();
    private Proposals proposals = Proposals.of(REGTEST, MiningSettings.DEFAULT, chain);

    @AfterEach
    void close() {
        started.forEach(Mining::close);
        chain.close();
        pool.close();
        assertThat(clock.failures()).isZero();
    }

    private Mining mining(boolean composes, boolean guesses) {
        MiningSettings settings = new MiningSettings(composes, guesses, 1, 0.5, ME, ProposalPolicy.OPEN);
        proposals = Proposals.of(REGTEST, settings, chain);
        Mining mining = new Mining(
                REGTEST,
                settings,
                chain,
                new Synchronisation(SyncSettings.DEFAULT, chain, clock, new SeededRandomness(6)),
                proposals,
                clock,
                new SeededRandomness(5));
        started.add(mining);
        mining.start();
        return mining;
    }

    private void awaitHeight(long height) {
        Await.until(
                () -> "height " + height + "; is " + chain.snapshot().height(),
                () -> chain.snapshot().height().value() >= height);
    }

    private Block tip() {
        return chain.snapshot().tipBlock().block();
    }

    @Test
    void anOrderMakesBlocksThatPayTheReceiverTheWholeSubsidyAndAreNoYoungerThanNow() throws Exception {
        Mining mining = mining(false, false);

        MinedBlock first = mining.mine();
        mining.mine(2);

        assertThat(first.height()).isEqualTo(new BlockHeight(1));
        assertThat(chain.snapshot().digestAt(new BlockHeight(1))).contains(first.digest());
        assertThat(chain.snapshot().height()).isEqualTo(new BlockHeight(3));
        BlockHeader header = tip().kernel().header();
        assertThat(header.guesserReceiverData()).isEqualTo(ME);
        // The clock stands still, and a block is a millisecond younger than its parent at least.
        assertThat(header.timestamp().millis()).isEqualTo(clock.instant().toEpochMilli() + 2);
        assertThat(tip().kernel().body().transactionKernel().fee()).isEqualTo(NativeCurrencyAmount.ofCoins(128));
        assertThat(tip().kernel().body().transactionKernel().outputs()).isEmpty();
    }

    @Test
    void anOrderOfNothingIsDoneAndOneOfTooMuchIsNot() throws Exception {
        Mining mining = mining(false, false);

        mining.mine(0);
        for (long count : new long[] {-1, 10_001}) {
            assertThatExceptionOfType(CannotMineException.class)
                    .isThrownBy(() -> mining.mine(count))
                    .matches(refused -> refused.reason() == CannotMineException.Reason.TOO_MANY);
        }
        assertThat(chain.snapshot().height()).isEqualTo(BlockHeight.GENESIS);
    }

    @Test
    void whereProofsAreRealNothingIsMined() {
        Network main = new Network.Main();
        ChainState real = InMemoryChain.of(main, pool, clock);
        Proposals none = Proposals.of(main, MiningSettings.DEFAULT, real);
        Synchronisation sync = new Synchronisation(SyncSettings.DEFAULT, real, clock, new SeededRandomness(6));
        try (Mining mining =
                new Mining(main, MiningSettings.DEFAULT, real, sync, none, clock, new SeededRandomness(1))) {
            assertThatExceptionOfType(CannotMineException.class)
                    .isThrownBy(mining::mine)
                    .withMessageContaining("main")
                    .matches(refused -> refused.reason() == CannotMineException.Reason.REAL_PROOFS);
        }
        MiningSettings guessing = new MiningSettings(false, true, 1, 0.5, ME, ProposalPolicy.OPEN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mining(main, guessing, real, sync, none, clock, new SeededRandomness(1)));
        real.close();
    }

    @Test
    void whoComposesAndGuessesMakesOneBlockAfterAnotherAfterASecond() {
        Mining mining = mining(true, true);

        clock.advance(Duration.ofMillis(999));
        assertThat(mining.activity()).isEqualTo(MinerActivity.INACTIVE);
        assertThat(mining.proposal()).isEmpty();
        clock.advance(Duration.ofMillis(1));

        awaitHeight(3);
    }

    @Test
    void whoOnlyComposesHoldsAProposalForEachTip() throws Exception {
        Mining mining = mining(true, false);
        clock.advance(MockMiner.DELAY_ON_REGTEST);

        Await.until("a proposal", () -> mining.proposal().isPresent());
        Proposal first = mining.proposal().orElseThrow();
        assertThat(first.origin()).isEqualTo(Origin.OWN);
        assertThat(first.reward()).isEqualTo(NativeCurrencyAmount.ofCoins(128));

        mining.mine();
        Await.until(
                "another proposal",
                () -> mining.proposal()
                        .filter(next -> next.height().equals(new BlockHeight(2)))
                        .isPresent());
        assertThat(chain.snapshot().height()).isEqualTo(new BlockHeight(1));
    }

    @Test
    void whoOnlyGuessesTakesAForeignProposalThatPaysEnoughAndKeepsItsBody() {
        Mining mining = mining(false, true);
        clock.advance(MockMiner.DELAY_ON_REGTEST);
        Proposal poor = SampleProposals.made(clock.instant(), NativeCurrencyAmount.ofCoins(63));
        Proposal rich = SampleProposals.made(clock.instant(), NativeCurrencyAmount.ofCoins(100));

        assertThat(proposals.offer(poor)).isTrue();
        assertThat(mining.activity()).isEqualTo(MinerActivity.INACTIVE);
        assertThat(proposals.offer(rich)).isTrue();
        awaitHeight(1);

        assertThat(HashedBlock.of(tip()).bodyHash()).isEqualTo(rich.bodyHash());
        BlockHeader header = tip().kernel().header();
        assertThat(header.guesserReceiverData()).isEqualTo(ME);
        // The guesser's time, not the composer's.
        assertThat(header.timestamp().millis()).isEqualTo(clock.instant().toEpochMilli());
    }

    @Test
    void aProposalOfWhichNoValidBlockCanBeMadeAnyMoreIsDropped() {
        Mining mining = mining(false, true);
        clock.advance(MockMiner.DELAY_ON_REGTEST);
        Instant fourDaysAgo = clock.instant().minus(Duration.ofDays(4));

        proposals.offer(SampleProposals.made(fourDaysAgo, NativeCurrencyAmount.ofCoins(100)));

        Await.until("it to be dropped", () -> mining.proposal().isEmpty());
        assertThat(chain.snapshot().height()).isEqualTo(BlockHeight.GENESIS);
    }

    @Test
    void aPausedMinerRestsAndOrdersAreDoneAllTheSame() throws Exception {
        Mining mining = mining(true, true);
        mining.pause();
        clock.advance(MockMiner.DELAY_ON_REGTEST);

        mining.mine(2);
        assertThat(chain.snapshot().height()).isEqualTo(new BlockHeight(2));
        assertThat(mining.proposal()).isEmpty();

        mining.resume();
        awaitHeight(3);
    }

    @Test
    void aSearchThatIsStoppedFindsNothing() throws Exception {
        Block block = SampleProposals.paying(NativeCurrencyAmount.ofCoins(1), Origin.OWN)
                .block();
        try (GuessingThreads threads = new GuessingThreads(2, new SeededRandomness(3))) {
            assertThat(threads.solve(block, Duration.ZERO)).isEmpty();
            assertThat(threads.solve(block, Duration.ofSeconds(60))).isPresent();
        }
    }
}
