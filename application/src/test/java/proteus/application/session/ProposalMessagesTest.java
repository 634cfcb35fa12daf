package proteus.application.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import proteus.application.chain.ChainState;
import proteus.application.contract.ComposedChain;
import proteus.application.contract.Descriptions;
import proteus.application.contract.ManualScheduler;
import proteus.application.mining.MiningSettings;
import proteus.application.mining.Proposal;
import proteus.application.mining.ProposalPolicy;
import proteus.application.mining.Proposals;
import proteus.application.mining.SampleProposals;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.runtime.PlatformWorkPool;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessage.BlockProposal;
import proteus.domain.peer.PeerMessage.BlockProposalNotification;
import proteus.domain.peer.PeerMessage.BlockProposalNotificationRequest;
import proteus.domain.peer.PeerMessage.BlockProposalRequest;
import proteus.domain.peer.PositivePeerSanction;
import proteus.domain.transaction.NativeCurrencyAmount;

/** A proposal that is valid: chapters 2.3.7 and 6.1. What nodes do about others is in {@link MessageHandlersTest}. */
final class ProposalMessagesTest {

    private static final Network REGTEST = new Network.RegTest();
    private static final List<Reaction> NOT_FOUND = Reaction.punish(new NegativePeerSanction.BlockProposalNotFound());
    private static final List<Reaction> NOT_FAVORABLE =
            Reaction.punish(new NegativePeerSanction.NonFavorableBlockProposal());
    private static final List<Reaction> REWARD =
            List.of(new Reaction.Reward(new PositivePeerSanction.NewBlockProposal()));

    private final ManualScheduler clock = new ManualScheduler();
    private final PlatformWorkPool pool = new PlatformWorkPool("proposals-test", 1, 4);
    private final FakeSessionNode node = FakeSessionNode.atGenesis(pool, clock);
    private final MessageHandlers outbound = handlers(Direction.OUTBOUND);

    @AfterEach
    void close() {
        node.chain.close();
        pool.close();
    }

    private MessageHandlers handlers(Direction direction) {
        return of(new Conversation(
                Peers.of(Carrier.LEGACY_TCP, direction, "0.19.4", Descriptions.header(0)), node, clock));
    }

    private static MessageHandlers of(Conversation conversation) {
        return new MessageHandlers(conversation, new SessionInSync(conversation, new Mailbox()));
    }

    private Block paying(int coins) {
        return SampleProposals.block(node.chain.snapshot().tipBlock(), NativeCurrencyAmount.ofCoins(coins));
    }

    private static Digest bodyHash(Block block) {
        return HashedBlock.of(block).bodyHash();
    }

    private static BlockProposalNotification announcement(Block block) {
        return new Proposal(HashedBlock.of(block), Proposal.Origin.FOREIGN).notification();
    }

    private void holdOwn(Block block) {
        assertThat(node.proposals.offer(new Proposal(HashedBlock.of(block), Proposal.Origin.OWN)))
                .isTrue();
    }

    private void policy(ProposalPolicy policy, boolean guesses) {
        MiningSettings usual = MiningSettings.DEFAULT;
        node.proposals = Proposals.of(
                REGTEST,
                new MiningSettings(false, guesses, 1, usual.minimumGuesserFraction(), usual.receiver(), policy),
                node.chain);
    }

    /** Who takes proofs for valid that nobody verified must not pass them on to those who verify. */
    @Test
    void whereProofsAreRealNoneIsTakenOrPassedOn() throws Exception {
        Block two = paying(2);
        node.proposals = Proposals.of(new Network.Main(), MiningSettings.DEFAULT, node.chain);

        assertThat(outbound.on(announcement(two))).isEmpty();
        assertThat(outbound.on(new BlockProposal(two))).singleElement().isInstanceOf(Reaction.Note.class);
        assertThat(node.proposals.offer(new Proposal(HashedBlock.of(two), Proposal.Origin.FOREIGN)))
                .isFalse();
        assertThat(node.proposals.held()).isEmpty();
        assertThat(outbound.on(new BlockProposalRequest(bodyHash(two)))).isEqualTo(NOT_FOUND);
    }

    @Test
    void aBetterOneIsAskedForTakenRewardedAndServed() throws Exception {
        Block two = paying(2);

        assertThat(outbound.on(announcement(two))).isEqualTo(Reaction.send(new BlockProposalRequest(bodyHash(two))));
        assertThat(outbound.on(announcement(two))).isEmpty();
        assertThat(outbound.on(new BlockProposal(two))).isEqualTo(REWARD);
        assertThat(outbound.on(new BlockProposalRequest(bodyHash(two))))
                .isEqualTo(Reaction.send(new BlockProposal(two)));
        assertThat(outbound.on(new BlockProposalNotificationRequest())).isEqualTo(Reaction.send(announcement(two)));
        assertThat(outbound.on(new BlockProposalRequest(Digest.ZERO))).isEqualTo(NOT_FOUND);

        assertThat(outbound.on(announcement(two))).isEmpty();
        assertThat(outbound.on(announcement(paying(1)))).isEmpty();
        assertThat(outbound.on(announcement(paying(3)))).hasSize(1);
    }

    @Test
    void anInboundPeerIsAskedTwoSecondsLaterAndNobodyOnceItIsHere() throws Exception {
        Block two = paying(2);
        MessageHandlers inbound = handlers(Direction.INBOUND);

        assertThat(inbound.on(announcement(two))).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        assertThat(inbound.onTick()).isEqualTo(Reaction.send(new BlockProposalRequest(bodyHash(two))));

        assertThat(inbound.on(new BlockProposal(two))).isEqualTo(REWARD);
        clock.advance(Duration.ofSeconds(60));
        assertThat(inbound.onTick()).isEmpty();
    }

    @Test
    void anotherThatPaysTheSameIsIgnoredAndOneThatPaysLessIsPunished() throws Exception {
        outbound.on(new BlockProposal(paying(2)));

        assertThat(outbound.on(new BlockProposal(paying(2)))).isEmpty();
        assertThat(outbound.on(new BlockProposal(paying(1)))).isEqualTo(NOT_FAVORABLE);
        assertThat(outbound.on(new BlockProposal(paying(0)))).isEqualTo(NOT_FAVORABLE);
        assertThat(outbound.on(new BlockProposal(paying(3)))).isEqualTo(REWARD);
    }

    @Test
    void whoMadeOneItselfWantsNoOther() throws Exception {
        Block own = paying(1);
        holdOwn(own);

        assertThat(outbound.on(announcement(paying(9)))).isEmpty();
        assertThat(outbound.on(new BlockProposal(paying(9)))).isEqualTo(NOT_FAVORABLE);
        assertThat(outbound.on(new BlockProposalNotificationRequest())).isEqualTo(Reaction.send(announcement(own)));
    }

    @Test
    void ofASecretOneNobodyIsToldButWhoKnowsItGetsIt() throws Exception {
        policy(new ProposalPolicy(false, Set.of(), true), false);
        Block own = paying(1);
        holdOwn(own);

        assertThat(outbound.on(new BlockProposalNotificationRequest())).isEmpty();
        assertThat(outbound.on(new BlockProposalRequest(bodyHash(own))))
                .isEqualTo(Reaction.send(new BlockProposal(own)));
    }

    @Test
    void ofAPeerThatIsNotToComposeNothingIsTaken() throws Exception {
        IpAddress elsewhere = new IpAddress.V4(0x0A000001);
        for (ProposalPolicy policy : List.of(
                new ProposalPolicy(true, Set.of(), false), new ProposalPolicy(false, Set.of(elsewhere), false))) {
            policy(policy, false);

            assertThat(outbound.on(announcement(paying(2)))).isEmpty();
            assertThat(outbound.on(new BlockProposal(paying(2))))
                    .isEqualTo(Reaction.punish(new NegativePeerSanction.BlockProposalFromBlockedPeer()));
        }
    }

    @Test
    void afterANewTipTheOldOneIsGone() throws Exception {
        Block two = paying(2);
        outbound.on(new BlockProposal(two));

        node.chain.submit(List.of(ComposedChain.of(REGTEST).append(100, 1).block()), ChainState.Losers.FORGET);

        assertThat(outbound.on(new BlockProposalRequest(bodyHash(two)))).isEqualTo(NOT_FOUND);
        assertThat(outbound.on(new BlockProposalNotificationRequest())).isEmpty();
        assertThat(outbound.on(announcement(two))).isEmpty();
        assertThat(outbound.on(new BlockProposal(two))).isEqualTo(NOT_FAVORABLE);
        Block next = paying(2);
        assertThat(announcement(next).height()).isEqualTo(new BlockHeight(2));
        assertThat(outbound.on(new BlockProposal(next))).isEqualTo(REWARD);
    }

    @Test
    void whoGuessesAsksNewPeersThatKnowTheQuestion() {
        PeerMessage question = new BlockProposalNotificationRequest();
        assertThat(onStart("0.19.4")).doesNotContain(new Reaction.Send(question));

        policy(ProposalPolicy.OPEN, true);

        assertThat(onStart("0.19.4")).contains(new Reaction.Send(question));
        assertThat(onStart("0.19.3")).doesNotContain(new Reaction.Send(question));
    }

    private List<Reaction> onStart(String version) {
        return of(new Conversation(Peers.ofVersion(version), node, clock)).onStart();
    }
}
