package proteus.application.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.contract.ComposedChain;
import proteus.application.port.StoredBlock;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.HeaderToBlockHashWitness;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessage.BlockRequestByHeight;

@Timeout(60)
final class AnnouncementsOfBlocksTest {

    private static final ComposedChain CHAIN =
            ComposedChain.of(new Network.TestnetMock()).grow(12, 1);
    private static final BlockRequestByHeight FOR_ONE = new BlockRequestByHeight(new BlockHeight(1));
    private static final BlockRequestByHeight FOR_FIVE = new BlockRequestByHeight(new BlockHeight(5));

    private final ChainConversation run = ChainConversation.onMock();
    private final ChainConversation.Peer inbound = run.inbound(1);
    private final ChainConversation.Peer outbound = run.outbound(2);

    @AfterEach
    void close() {
        run.close();
    }

    private static StoredBlock block(int height) {
        return CHAIN.blocks().get(height);
    }

    @Test
    void aVerifiedBlockIsAskedForAtOnce() throws Exception {
        assertThat(inbound.announces(block(1))).containsExactly(FOR_ONE);
        assertThat(inbound.highestShared()).contains(new BlockHeight(1));
    }

    @Test
    void aBlockIsAskedForOnceUnlessItTakesLong() throws Exception {
        inbound.announces(block(1));

        assertThat(outbound.announces(block(1))).isEmpty();
        assertThat(inbound.announces(block(1))).isEmpty();
        run.clock.advance(Duration.ofMillis(1999));
        assertThat(outbound.ticks()).isEmpty();
        run.clock.advance(Duration.ofMillis(1));
        assertThat(outbound.ticks()).as("what surely exists").containsExactly(FOR_ONE);
    }

    @Test
    void anInboundPeerWaitsWithWhatCannotBeVerified() throws Exception {
        assertThat(inbound.announces(block(5))).isEmpty();
        run.clock.advance(Duration.ofMillis(1999));
        assertThat(inbound.ticks()).isEmpty();

        run.clock.advance(Duration.ofMillis(1));
        assertThat(inbound.ticks()).containsExactly(FOR_FIVE);
        assertThat(inbound.ticks()).isEmpty();
    }

    @Test
    void ofSeveralBlocksTheLowerOnesAreAskedForFirst() throws Exception {
        for (int height = 10; height > 1; height--) {
            inbound.announces(block(height));
        }
        run.clock.advance(Duration.ofSeconds(2));

        assertThat(inbound.ticks())
                .containsExactlyElementsOf(IntStream.rangeClosed(2, 10)
                        .mapToObj(height -> new BlockRequestByHeight(new BlockHeight(height)))
                        .toList());
    }

    @Test
    void anOutboundPeerComesBeforeAnInboundOne() throws Exception {
        inbound.announces(block(5));

        assertThat(outbound.announces(block(5))).containsExactly(FOR_FIVE);
    }

    @Test
    void whoDoesNotAnswerIsChargedAndTheNextOneAsked() throws Exception {
        outbound.announces(block(5));
        inbound.announces(block(5));
        run.clock.advance(Duration.ofSeconds(15));

        assertThat(inbound.ticks()).containsExactly(FOR_FIVE);
        assertThat(outbound.ticks()).containsExactly(new NegativePeerSanction.StalledRequest());
        assertThat(outbound.ticks()).isEmpty();
    }

    @Test
    void theRequestsOfOneWhoLeavesAreTakenOver() throws Exception {
        outbound.announces(block(5));
        inbound.announces(block(5));
        run.clock.advance(Duration.ofSeconds(2));
        assertThat(inbound.ticks()).isEmpty();

        outbound.handlers.onEnd();

        assertThat(inbound.ticks()).containsExactly(FOR_FIVE);
    }

    @Test
    void aForgedAnnouncementIsPunished() throws Exception {
        StoredBlock block = block(1);
        HeaderToBlockHashWitness witness = block.witness();
        BlockHeaderWithBlockHashWitness tooHard =
                new BlockHeaderWithBlockHashWitness(Headers.withHeight(block.header(), new BlockHeight(2)), witness);

        assertThat(inbound.says(new PeerMessage.BlockNotificationWithPowWitness(tooHard)))
                .containsExactly(new NegativePeerSanction.InvalidBlock(
                        new BlockHeight(2), proteus.domain.block.BlockHash.of(tooHard)));
        assertThat(inbound.highestShared()).contains(BlockHeight.GENESIS);
    }

    @Test
    void whatIsNotBetterIsNotAskedFor() throws Exception {
        run.having(CHAIN, 1, 6);

        assertThat(inbound.announces(block(6))).isEmpty();
        assertThat(inbound.announces(block(4))).isEmpty();
        assertThat(inbound.highestShared()).contains(new BlockHeight(4));
        run.clock.advance(Duration.ofMinutes(1));
        assertThat(inbound.ticks()).isEmpty();
    }

    @Test
    void aBlockThatCameIsNotAskedForAgain() throws Exception {
        inbound.announces(block(5));
        outbound.announces(block(1));
        assertThat(outbound.sends(block(1))).hasSize(1);
        assertThat(inbound.sends(block(5))).hasSize(1);
        for (int height = 4; height > 1; height--) {
            inbound.sends(block(height));
        }
        assertThat(run.tip()).isEqualTo(block(5).digest());

        run.clock.advance(Duration.ofMinutes(1));
        assertThat(inbound.ticks()).isEmpty();
        assertThat(outbound.ticks()).isEmpty();
    }

    @Test
    void nobodyCanMakeThisNodeRememberWithoutEnd() throws Exception {
        for (int i = 0; i < 1000; i++) {
            inbound.says(strange(i));
        }
        run.clock.advance(Duration.ofSeconds(2));

        assertThat(inbound.ticks()).as("in flight at a time").hasSize(20);
        run.clock.advance(Duration.ofSeconds(15));
        assertThat(inbound.ticks())
                .filteredOn(BlockRequestByHeight.class::isInstance)
                .hasSize(20);
    }

    /** An announcement whose parent nobody has. */
    private static PeerMessage strange(int number) {
        return new PeerMessage.BlockNotificationWithPowWitness(new BlockHeaderWithBlockHashWitness(
                Headers.withParent(block(5).header(), new Digest(number, 0, 0, 0, 1)), block(5).witness()));
    }
}
