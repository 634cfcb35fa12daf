package proteus.domain.transaction;

import java.util.List;
import java.util.Optional;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.RemovalRecord;

/**
 * What a transaction does, without its proof.
 *
 * <p>The limits are those under which upstream decodes a kernel, so that every kernel here can be sent. Source:
 * neptune-consensus 0.19.4, {@code transaction_kernel.rs}.
 *
 * @param inputs at most {@value #MAX_INPUTS}; packed in blocks, not packed in transactions. Every record but the first
 *     has at most {@value #MAX_CHUNKS_OF_LATER_INPUT} chunks
 * @param outputs at most {@value #MAX_OUTPUTS}
 * @param announcements at most {@value #MAX_ANNOUNCEMENTS}
 * @param fee what the transaction leaves to the composer and guesser
 * @param coinbase newly minted coins; only in the transaction of a block
 * @param timestamp when the transaction was made
 * @param mutatorSetHash the mutator set against which it is valid
 * @param mergeBit whether it came out of merging transactions
 */
public record TransactionKernel(
        List<RemovalRecord> inputs,
        List<AdditionRecord> outputs,
        List<Announcement> announcements,
        NativeCurrencyAmount fee,
        Optional<NativeCurrencyAmount> coinbase,
        Timestamp timestamp,
        Digest mutatorSetHash,
        boolean mergeBit) {

    /** The most inputs that upstream decodes. */
    public static final int MAX_INPUTS = 16_384;

    /** The most outputs that upstream decodes. */
    public static final int MAX_OUTPUTS = 16_384;

    /** The most announcements that upstream decodes. */
    public static final int MAX_ANNOUNCEMENTS = 16_384;

    /** The most chunks that upstream decodes in an input that is not the first. */
    public static final int MAX_CHUNKS_OF_LATER_INPUT = 45;

    public TransactionKernel {
        requireAtMost(MAX_INPUTS, inputs.size(), "inputs");
        requireAtMost(MAX_OUTPUTS, outputs.size(), "outputs");
        requireAtMost(MAX_ANNOUNCEMENTS, announcements.size(), "announcements");
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        announcements = List.copyOf(announcements);
        for (RemovalRecord input : inputs.subList(Math.min(1, inputs.size()), inputs.size())) {
            requireAtMost(
                    MAX_CHUNKS_OF_LATER_INPUT, input.targetChunks().entries().size(), "chunks of a later input");
        }
    }

    private static void requireAtMost(int limit, int size, String what) {
        if (size > limit) {
            throw new IllegalArgumentException("too many " + what + ": " + size + ", limit " + limit);
        }
    }
}
