package proteus.adapters.rpc;

import java.util.List;
import java.util.Optional;
import proteus.application.port.MiningControl;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;

/** Notes orders as text, and makes blocks that are none. Its fields may be changed before a call. */
final class FakeMining implements MiningControl {

    private final List<String> orders;
    volatile Optional<CannotMineException> trouble = Optional.empty();
    volatile Optional<Block> held = Optional.empty();

    FakeMining(List<String> orders) {
        this.orders = orders;
    }

    @Override
    public MinedBlock mine() throws CannotMineException {
        order("mine");
        return new MinedBlock(new BlockHeight(7), FakeNode.GENESIS);
    }

    @Override
    public void mine(long count) throws CannotMineException {
        order("mine " + count);
    }

    private void order(String order) throws CannotMineException {
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        orders.add(order);
    }

    @Override
    public void pause() {
        orders.add("pause");
    }

    @Override
    public void resume() {
        orders.add("resume");
    }

    @Override
    public Optional<Block> heldProposal() {
        return held;
    }

    @Override
    public boolean announceProposal() {
        orders.add("announce");
        return false;
    }

    @Override
    public MinerActivity activity() {
        return MinerActivity.INACTIVE;
    }
}
