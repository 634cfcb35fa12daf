package proteus.domain.consensus;

import java.util.List;
import java.util.Optional;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;

/**
 * What a new block is to hold.
 *
 * @param inputs valid against the mutator set after the parent; not packed
 * @param outputs in this order
 * @param announcements in this order; they must show every input that may be old
 * @param fee for the guesser
 * @param coinbase what is minted
 * @param timestamp of the transaction and the block
 * @param guesser who gets the fee
 */
public record BlockContent(
        List<RemovalRecord> inputs,
        List<AdditionRecord> outputs,
        List<Announcement> announcements,
        NativeCurrencyAmount fee,
        Optional<NativeCurrencyAmount> coinbase,
        Timestamp timestamp,
        GuesserReceiverData guesser) {

    public BlockContent {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        announcements = List.copyOf(announcements);
    }
}
