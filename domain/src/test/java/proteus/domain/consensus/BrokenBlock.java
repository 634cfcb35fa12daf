package proteus.domain.consensus;

import proteus.domain.block.Block;

/**
 * A block with a new nonce that breaks one rule.
 *
 * @param rule the rule
 * @param how what is wrong
 * @param block the block
 */
record BrokenBlock(BlockRule rule, String how, Block block) {

    static BrokenBlock of(BlockRule rule, String how, Blocks changed) {
        return new BrokenBlock(rule, how, changed.mined());
    }

    @Override
    public String toString() {
        return rule + ": " + how;
    }
}
