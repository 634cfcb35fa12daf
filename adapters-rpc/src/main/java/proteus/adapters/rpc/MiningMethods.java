package proteus.adapters.rpc;

import java.util.List;
import proteus.adapters.rpc.value.JsonContent;
import proteus.application.port.MiningControl;
import proteus.application.port.MiningControl.CannotMineException;
import proteus.application.port.MiningControl.MinedBlock;
import proteus.domain.block.BlockHash;

/**
 * Methods about the miner and the proposal that the node holds.
 *
 * <p>Source: neptune-core 0.19.4, {@code rpc_server.rs} and {@code api/regtest}.
 */
final class MiningMethods {

    /** What upstream calls a network with real proofs here. */
    private static final String WRONG_NETWORK = "wrong network.  network is not regtest";

    private final MiningControl mining;

    MiningMethods(MiningControl mining) {
        this.mining = mining;
    }

    void addTo(MethodTable methods) {
        methods.put("mine_blocks_to_wallet", this::mineBlocksToWallet);
        methods.put("pause_miner", this::pauseMiner);
        methods.put("restart_miner", this::restartMiner);
        methods.put("broadcast_block_proposal", this::broadcastBlockProposal);
        methods.put("best_proposal", this::bestProposal);
        // Ours: one block, and which it is.
        methods.put("mine_block", this::mineBlock);
    }

    /** There is no wallet: the blocks pay whom the node's flags name. */
    private Answer mineBlocksToWallet(Arguments arguments) throws CallException {
        long count = arguments.whole("n_blocks");
        mined(() -> {
            mining.mine(count);
            return count;
        });
        return Answer.nothing();
    }

    private Answer mineBlock(Arguments arguments) throws CallException {
        MinedBlock block = mined(mining::mine);
        return Answer.of(json -> {
            json.writeStartObject();
            json.writeName("height").writeNumber(block.height().toString());
            json.writeStringProperty("digest", block.digest().toHex());
            json.writeEndObject();
        });
    }

    private interface Order<T> {
        T run() throws CannotMineException, InterruptedException;
    }

    private static <T> T mined(Order<T> order) throws CallException {
        try {
            return order.run();
        } catch (CannotMineException impossible) {
            String text = switch (impossible.reason()) {
                case REAL_PROOFS -> WRONG_NETWORK;
                case TOO_MANY, SYNCING, FAILED -> String.valueOf(impossible.getMessage());
            };
            throw new CallException(new CallError.RegTest(text));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw CallException.failed("the node stops");
        }
    }

    private Answer pauseMiner(Arguments arguments) {
        mining.pause();
        return Answer.nothing();
    }

    private Answer restartMiner(Arguments arguments) {
        mining.resume();
        return Answer.nothing();
    }

    /** A proposal is a block of no chain yet. */
    private Answer bestProposal(Arguments arguments) {
        return Answer.of(mining.heldProposal()
                .<JsonContent>map(block -> json -> BlockInfoJson.write(
                        json, block, new BlockInfoJson.Place(BlockHash.of(block), false, false, false, List.of())))
                .orElse(JsonContent.NULL));
    }

    private Answer broadcastBlockProposal(Arguments arguments) {
        boolean _ = mining.announceProposal();
        return Answer.nothing();
    }
}
