package proteus.domain.transaction;

import java.util.List;
import proteus.domain.mutatorset.AdditionRecord;

/**
 * What a link transaction does: a transaction that also spends outputs not yet in a block.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code link_kernel.rs}.
 *
 * @param kernel the transaction; its inputs are not packed
 * @param thruputs unconfirmed outputs of earlier transactions that this one spends; any number
 */
public record LinkKernel(TransactionKernel kernel, List<AdditionRecord> thruputs) {

    public LinkKernel {
        thruputs = List.copyOf(thruputs);
    }
}
