package proteus.domain.peer;

import proteus.domain.block.TransferBlock;

/**
 * A challenged block and its parent.
 *
 * @param parent the parent, sent first
 * @param child the block at the challenged height
 */
public record SyncBlockPair(TransferBlock parent, TransferBlock child) {}
