package proteus.domain.transaction;

import java.util.List;
import proteus.domain.codec.FieldWriter;
import proteus.domain.hash.Digest;

/**
 * An output that can be spent.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code utxo.rs}.
 *
 * @param lockScriptHash the program that says who may spend it
 * @param coins what it holds, any number
 */
public record Utxo(Digest lockScriptHash, List<Coin> coins) {

    public Utxo {
        coins = List.copyOf(coins);
    }

    /** The item that stands for it in the mutator set: the hash of its encoding. */
    public Digest hash() {
        FieldWriter out = new FieldWriter();
        TransactionEncoding.write(out, this);
        return out.hash();
    }
}
