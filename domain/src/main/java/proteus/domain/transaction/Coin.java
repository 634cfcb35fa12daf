package proteus.domain.transaction;

import java.util.Optional;
import proteus.domain.codec.FieldDecodingException;
import proteus.domain.codec.FieldReader;
import proteus.domain.codec.FieldWriter;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;

/**
 * One property of an output, and the program that says what it means.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code utxo.rs}.
 *
 * @param typeScriptHash the program
 * @param state what the program reads
 */
public record Coin(Digest typeScriptHash, BFieldElements state) {

    /** The program of native coins, whose state is an amount. */
    public static final Digest NATIVE_CURRENCY =
            Digest.fromHex("35ab20eaca74e39c97b1b1c6eeb337853babec0d1b4152b6218f12ab673618df11bb3a534af30f64");

    /** The program of time locks, whose state is the time of release. */
    public static final Digest TIME_LOCK =
            Digest.fromHex("4b4d251947a07f9f2c016c1c271c04ce41013ff50031bd42854919be6e0e4849ebf931e856b542ad");

    /** So much of the native currency. */
    public static Coin nativeCurrency(NativeCurrencyAmount amount) {
        FieldWriter state = new FieldWriter();
        TransactionEncoding.write(state, amount);
        return new Coin(NATIVE_CURRENCY, state.toElements());
    }

    /** A lock that opens at {@code release}. */
    public static Coin timeLock(Timestamp release) {
        return new Coin(TIME_LOCK, BFieldElements.of(release.millis()));
    }

    /** How much of the native currency it is; empty if it is something else, or its state is no amount. */
    public Optional<NativeCurrencyAmount> nativeAmount() {
        if (!typeScriptHash.equals(NATIVE_CURRENCY)) {
            return Optional.empty();
        }
        FieldReader reader = new FieldReader(state);
        try {
            long low = reader.u64();
            long high = reader.u64();
            reader.end();
            return Optional.of(new NativeCurrencyAmount(high, low));
        } catch (FieldDecodingException noAmount) {
            return Optional.empty();
        }
    }
}
