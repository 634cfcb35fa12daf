package proteus.domain.transaction;

import proteus.domain.codec.FieldWriter;
import proteus.domain.mutatorset.MutatorSetEncoding;

/** Transactions in BFieldCodec. Source: neptune-consensus 0.19.4. */
public final class TransactionEncoding {

    private TransactionEncoding() {}

    /** An amount: four limbs of its two's complement. */
    public static void write(FieldWriter out, NativeCurrencyAmount amount) {
        out.u128(amount.high(), amount.low());
    }

    /** An announcement. */
    public static void write(FieldWriter out, Announcement announcement) {
        out.prefixed(message -> message.list(announcement.message()));
    }

    /** A proof. */
    public static void write(FieldWriter out, Proof proof) {
        out.prefixed(elements -> elements.list(proof.elements()));
    }

    /** A coin: its state behind its length, then its program. */
    public static void write(FieldWriter out, Coin coin) {
        out.prefixed(state -> state.list(coin.state())).digest(coin.typeScriptHash());
    }

    /** An output: its coins behind their length, then its lock script. */
    public static void write(FieldWriter out, Utxo utxo) {
        out.prefixed(coins -> coins.listOfDynamic(utxo.coins(), TransactionEncoding::write))
                .digest(utxo.lockScriptHash());
    }

    /** A whole kernel, fields in reverse order. */
    public static void write(FieldWriter out, TransactionKernel kernel) {
        out.bool(kernel.mergeBit())
                .digest(kernel.mutatorSetHash())
                .element(kernel.timestamp().millis())
                .prefixed(coinbase -> writeCoinbase(coinbase, kernel));
        write(out, kernel.fee());
        out.prefixed(announcements -> writeAnnouncements(announcements, kernel))
                .prefixed(outputs -> writeOutputs(outputs, kernel))
                .prefixed(inputs -> writeInputs(inputs, kernel));
    }

    static void writeInputs(FieldWriter out, TransactionKernel kernel) {
        out.listOfDynamic(kernel.inputs(), MutatorSetEncoding::write);
    }

    static void writeOutputs(FieldWriter out, TransactionKernel kernel) {
        out.listOfStatic(kernel.outputs(), MutatorSetEncoding::write);
    }

    static void writeAnnouncements(FieldWriter out, TransactionKernel kernel) {
        out.listOfDynamic(kernel.announcements(), TransactionEncoding::write);
    }

    static void writeCoinbase(FieldWriter out, TransactionKernel kernel) {
        out.bool(kernel.coinbase().isPresent());
        kernel.coinbase().ifPresent(amount -> write(out, amount));
    }
}
