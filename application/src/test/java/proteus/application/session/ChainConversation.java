package proteus.application.session;

import static proteus.application.session.Effects.effects;

import java.util.List;
import java.util.Optional;
import proteus.application.chain.BranchOutcome;
import proteus.application.chain.ChainState;
import proteus.application.contract.ComposedChain;
import proteus.application.contract.Descriptions;
import proteus.application.contract.ManualScheduler;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.StoreException;
import proteus.application.port.StoredBlock;
import proteus.application.runtime.PlatformWorkPool;
import proteus.application.sync.SyncSettings;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.TransferBlock;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.PeerMessage;

/** A node with a chain, and what its handlers do for peers about blocks. */
final class ChainConversation implements AutoCloseable {

    final ManualScheduler clock = new ManualScheduler();
    final FakeSessionNode node;
    private final PlatformWorkPool workPool = new PlatformWorkPool("blocks-test", 2, 4);

    ChainConversation(Network network, SyncSettings settings) {
        node = FakeSessionNode.of(network, settings, workPool, clock);
    }

    /** With the mock testnet, whose late blocks cost nothing. */
    static ChainConversation onMock() {
        return new ChainConversation(new Network.TestnetMock(), SyncSettings.DEFAULT);
    }

    /** The node has these blocks. */
    ChainConversation having(ComposedChain chain, int from, int to) throws StoreException, InterruptedException {
        BranchOutcome outcome = node.chain.submit(chain.plain(from, to), ChainState.Losers.KEEP);
        if (outcome instanceof BranchOutcome.Invalid || outcome instanceof BranchOutcome.UnknownParent) {
            throw new IllegalArgumentException("no such chain: " + outcome);
        }
        return this;
    }

    Digest tip() {
        return node.chain.tip().digest();
    }

    /** Somebody who dialled this node. */
    Peer inbound(int number) {
        return peer(Direction.INBOUND, number);
    }

    /** Somebody whom this node dialled. */
    Peer outbound(int number) {
        return peer(Direction.OUTBOUND, number);
    }

    private Peer peer(Direction direction, int number) {
        return new Peer(Descriptions.of(direction, Descriptions.loopback(4000 + number), number));
    }

    /** One peer, as its session's handlers see it. */
    final class Peer {

        final Conversation conversation;
        final MessageHandlers handlers;

        private Peer(Description description) {
            conversation = new Conversation(description, node, clock);
            handlers = new MessageHandlers(conversation, new SessionInSync(conversation, new Mailbox()));
        }

        List<Object> says(PeerMessage message) throws StoreException, InterruptedException {
            return effects(handlers.on(message));
        }

        List<Object> sends(StoredBlock block) throws StoreException, InterruptedException {
            return says(message(block));
        }

        List<Object> announces(StoredBlock block) throws StoreException, InterruptedException {
            return says(new PeerMessage.BlockNotificationWithPowWitness(block.headerWithWitness()));
        }

        List<Object> ticks() throws StoreException, InterruptedException {
            return effects(handlers.onTick());
        }

        Optional<BlockHeight> highestShared() {
            return Optional.of(conversation.highestShared());
        }
    }

    /** The message that brings this block. */
    static PeerMessage message(StoredBlock block) {
        return new PeerMessage.Block(TransferBlock.of(block.block()).orElseThrow());
    }

    @Override
    public void close() {
        node.chain.close();
        workPool.close();
    }
}
