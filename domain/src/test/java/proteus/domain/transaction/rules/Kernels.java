package proteus.domain.transaction.rules;

import java.util.List;
import java.util.Optional;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransactionKernel;

/** Kernels that differ in one field from a plain one. */
record Kernels(
        List<RemovalRecord> inputs,
        List<AdditionRecord> outputs,
        List<Announcement> announcements,
        NativeCurrencyAmount fee,
        Optional<NativeCurrencyAmount> coinbase,
        Timestamp timestamp,
        Digest mutatorSetHash) {

    static Kernels plain(List<RemovalRecord> inputs, Timestamp timestamp, Digest mutatorSetHash) {
        return new Kernels(
                inputs,
                List.of(new AdditionRecord(new Digest(1, 2, 3, 4, 5))),
                List.of(),
                NativeCurrencyAmount.ofCoins(1),
                Optional.empty(),
                timestamp,
                mutatorSetHash);
    }

    Kernels withInputs(List<RemovalRecord> others) {
        return new Kernels(others, outputs, announcements, fee, coinbase, timestamp, mutatorSetHash);
    }

    Kernels withOutputs(List<AdditionRecord> others) {
        return new Kernels(inputs, others, announcements, fee, coinbase, timestamp, mutatorSetHash);
    }

    Kernels withAnnouncements(List<Announcement> others) {
        return new Kernels(inputs, outputs, others, fee, coinbase, timestamp, mutatorSetHash);
    }

    Kernels withFee(NativeCurrencyAmount other) {
        return new Kernels(inputs, outputs, announcements, other, coinbase, timestamp, mutatorSetHash);
    }

    Kernels withCoinbase(NativeCurrencyAmount other) {
        return new Kernels(inputs, outputs, announcements, fee, Optional.of(other), timestamp, mutatorSetHash);
    }

    Kernels withTimestamp(Timestamp other) {
        return new Kernels(inputs, outputs, announcements, fee, coinbase, other, mutatorSetHash);
    }

    Kernels withMutatorSetHash(Digest other) {
        return new Kernels(inputs, outputs, announcements, fee, coinbase, timestamp, other);
    }

    TransactionKernel kernel() {
        return kernel(false);
    }

    TransactionKernel kernel(boolean mergeBit) {
        return new TransactionKernel(
                inputs, outputs, announcements, fee, coinbase, timestamp, mutatorSetHash, mergeBit);
    }
}
