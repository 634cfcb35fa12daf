package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;

class PeerSanctionTest {

    /** Those whose severity does not depend on parameters, written off the behaviour of neptune-cash 0.19.4. */
    private static final String FIXED = """
        DifferentGenesis, -2147483648
        SynchronizationTimeout, -2
        InvalidSyncChallenge, -50
        InvalidSyncChallengeResponse, -300
        TimedOutSyncChallengeResponse, -10
        UnexpectedSyncChallengeResponse, -1
        FishyPowEvolutionChallengeResponse, -21
        FishyDifficultiesChallengeResponse, -21
        FloodPeerListResponse, -2
        BlockRequestUnknownHeight, -1
        InvalidMessage, -1
        NonMinedTransactionHasCoinbase, -10
        TooShortBlockBatch, -2
        ReceivedBatchBlocksOutsideOfSync, -2
        BatchBlocksInvalidStartHeight, -2
        BatchBlocksUnknownRequest, -10
        BatchBlocksRequestEmpty, -10
        BatchBlocksRequestTooManyDigests, -50
        InvalidTransaction, -10
        UnconfirmableTransaction, -2
        TransactionWithNegativeFee, -22
        DoubleSpendingTransaction, -7
        CannotApplyTransactionToMutatorSet, -3
        OversizedAnnouncement, -10
        OversizedBlock, -200
        InvalidBlockMmrAuthentication, -4
        InvalidTransferBlock, -50
        BlockProposalNotFound, -1
        InvalidBlockProposal, -50
        NonFavorableBlockProposal, -2
        BlockProposalFromBlockedPeer, -10
        RequestForUnknownBlock, -5
        RequestForGenesisBlock, -100
        UnwantedMessage, -1
        NoStandingFoundMaybeCrash, -20
        ReceivedSyncChallenge, -30
        UnrelayableTransaction, -10
        MissingLustrationAnnouncement, -1
        LustrationsWouldMakeCounterNegative, -1
        InvalidSyncCoverage, -100
        StalledRequest, -1
        ExcessiveBlockRequests, -1
        InvalidArchivalMutatorSet, -1000
        """;

    @ParameterizedTest
    @CsvSource(textBlock = FIXED)
    void aSanctionHasTheSeverityOfTheReference(String name, int severity) throws ReflectiveOperationException {
        Class<?> type = Arrays.stream(NegativePeerSanction.class.getPermittedSubclasses())
                .filter(candidate -> candidate.getSimpleName().equals(name))
                .findAny()
                .orElseThrow();
        var sanction = (NegativePeerSanction) type.getDeclaredConstructor().newInstance();

        assertThat(sanction.severity()).isEqualTo(severity);
    }

    @Test
    void everySanctionOfTheReferenceIsThere() {
        int withParameters = 3;

        assertThat(NegativePeerSanction.class.getPermittedSubclasses()).hasSize(46);
        assertThat(FIXED.lines()).hasSize(46 - withParameters);
        assertThat(PositivePeerSanction.class.getPermittedSubclasses()).hasSize(2);
    }

    @Test
    void anInvalidBlockCosts10WhateverItsHeight() {
        assertThat(new NegativePeerSanction.InvalidBlock(new BlockHeight(7), Digest.ZERO).severity())
                .isEqualTo(-10);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, -1", "99, -99", "2147483647, -2147483647"})
    void aFailedForkResolutionCostsAsMuchAsItHadBlocks(int blocks, int severity) {
        assertThat(new NegativePeerSanction.ForkResolutionError(BlockHeight.GENESIS, blocks, Digest.ZERO).severity())
                .isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource({
        "0, -500",
        "1, -500",
        "2, -250",
        "3, -167",
        "7, -72",
        "499, -2",
        "500, -1",
        "501, -1",
        "9223372036854775807, -1"
    })
    void aWholeArchivalMutatorSetCostsAbout500(long frames, int severity) {
        assertThat(new NegativePeerSanction.ArchivalMutatorSetRequest(frames).severity())
                .isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 10", "35, 350", "214748364, 2147483640", "214748365, 2147483647", "2147483647, 2147483647"})
    void validBlocksEarn10Each(int blocks, int severity) {
        assertThat(new PositivePeerSanction.ValidBlocks(blocks).severity()).isEqualTo(severity);
    }

    @Test
    void aNewBlockProposalEarns7() {
        assertThat(new PositivePeerSanction.NewBlockProposal().severity()).isEqualTo(7);
    }

    @Test
    void negativeCountsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PositivePeerSanction.ValidBlocks(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new NegativePeerSanction.ArchivalMutatorSetRequest(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NegativePeerSanction.ForkResolutionError(BlockHeight.GENESIS, -1, Digest.ZERO));
    }
}
