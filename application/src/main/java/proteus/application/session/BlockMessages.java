package proteus.application.session;

import java.util.List;
import proteus.application.port.StoreException;
import proteus.domain.block.TransferBlock;
import proteus.domain.peer.NegativePeerSanction;

/** Blocks that come one by one, asked for or not. */
final class BlockMessages {

    private final Conversation conversation;
    private final ForkReconciliation reconciliation;

    private final SyncMessages sync;

    BlockMessages(Conversation conversation, ForkReconciliation reconciliation, SyncMessages sync) {
        this.conversation = conversation;
        this.reconciliation = reconciliation;
        this.sync = sync;
    }

    List<Reaction> onBlock(TransferBlock block) throws StoreException, InterruptedException {
        if (block.header().height().isGenesis()) {
            return Reaction.punish(new NegativePeerSanction.InvalidTransferBlock());
        }
        if (conversation.node().syncing()) {
            reconciliation.abandon();
            return sync.onBlockDuringSync(block);
        }
        return reconciliation.on(block.toBlock());
    }

    /** Never asked for. */
    List<Reaction> onTipWithParentAccumulator() {
        return Reaction.note("sends a tip that nobody asked for; ignored");
    }
}
