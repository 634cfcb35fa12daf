package proteus.adapters.rpc.chain;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import proteus.application.chain.ChainSnapshot;
import proteus.application.port.StoreException;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.consensus.BlockSubsidy;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.transaction.Coin;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Utxo;

/**
 * How many coins there are, by upstream's rule of thumb: every block minted what it could, half of it locked for just one
 * generation, and of the burnt ones only those count that are known by name.
 *
 * <p>Source: neptune-archive 0.19.4, {@code archival_state.rs}; neptune-consensus 0.19.4, {@code block/mod.rs}.
 */
public final class Supply {

    private static final int PREMINE_COINS = 831_488;
    private static final int SUBSIDY_COINS = 128;
    private static final long BLOCKS_BEFORE_REBOOT = 21_310;
    private static final long BLOCKS_PER_GENERATION = 160_815;
    private static final long LAST_GENERATION = 130;
    private static final BigInteger UNITS_PER_TENTH =
            NativeCurrencyAmount.ofCoins(1).toUnits().divide(BigInteger.TEN);

    /** The lock script {@code push 0 assert}, which nothing opens. */
    private static final Digest NEVER = Tip5.hashVarlen(BFieldElements.of(1, 0, 10));

    private static final Digest COUNTING_RANDOMNESS = new Digest(1, 2, 3, 4, 5);

    /** Upstream names a third one, of block 16452, which it cannot show either. */
    private static final List<Burn> BURNS =
            List.of(new Burn(16_815, UNITS_PER_TENTH), new Burn(16_999, coins(1_526_640)));

    private final ChainSnapshot chain;

    /** As of the chain of one moment. */
    public Supply(ChainSnapshot chain) {
        this.chain = chain;
    }

    private record Burn(long height, BigInteger units) {

        private AdditionRecord output() {
            Utxo utxo = new Utxo(NEVER, List.of(Coin.nativeCurrency(NativeCurrencyAmount.ofUnits(units))));
            return AdditionRecord.commit(utxo.hash(), COUNTING_RANDOMNESS, Digest.ZERO);
        }
    }

    /** What can be spent after the tip. */
    public NativeCurrencyAmount circulating() throws StoreException {
        long height = chain.height().value();
        BigInteger liquid = mined(height).shiftRight(1);
        BigInteger released = mined(Math.max(0, height - BLOCKS_PER_GENERATION)).shiftRight(1);
        return withoutBurnt(liquid.add(released));
    }

    /** What there will be when nothing is minted any more. */
    public NativeCurrencyAmount most() throws StoreException {
        return withoutBurnt(mined(BLOCKS_PER_GENERATION * LAST_GENERATION));
    }

    /** What was burnt, as far as it is known. */
    public NativeCurrencyAmount burnt() throws StoreException {
        BigInteger burnt = BigInteger.ZERO;
        for (Burn burn : BURNS) {
            Optional<Block> block = chain.blockAt(new BlockHeight(burn.height));
            if (block.isPresent()
                    && block.get().kernel().body().transactionKernel().outputs().contains(burn.output())) {
                burnt = burnt.add(burn.units);
            }
        }
        return NativeCurrencyAmount.ofUnits(burnt);
    }

    private NativeCurrencyAmount withoutBurnt(BigInteger mined) throws StoreException {
        BigInteger before = coins(PREMINE_COINS).add(coins(SUBSIDY_COINS * (int) BLOCKS_BEFORE_REBOOT));
        return NativeCurrencyAmount.ofUnits(before.add(mined))
                .checkedSub(burnt())
                .orElse(NativeCurrencyAmount.ZERO);
    }

    private static BigInteger coins(int count) {
        return NativeCurrencyAmount.ofCoins(count).toUnits();
    }

    /** What all blocks up to {@code height} may have minted: nothing in genesis, the subsidy in each other. */
    private static BigInteger mined(long height) {
        BigInteger mined = BigInteger.ZERO;
        long first = 1;
        while (first <= height) {
            long generation = (first + BLOCKS_BEFORE_REBOOT) / BLOCKS_PER_GENERATION;
            long next = (generation + 1) * BLOCKS_PER_GENERATION - BLOCKS_BEFORE_REBOOT;
            long blocks = Math.min(next, height + 1) - first;
            BigInteger subsidy = BlockSubsidy.at(new BlockHeight(first)).toUnits();
            if (subsidy.signum() == 0) {
                break;
            }
            mined = mined.add(subsidy.multiply(BigInteger.valueOf(blocks)));
            first = next;
        }
        return mined;
    }
}
