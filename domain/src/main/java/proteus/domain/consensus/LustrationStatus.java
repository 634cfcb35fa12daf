package proteus.domain.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.domain.block.BlockPow;
import proteus.domain.codec.FieldDecodingException;
import proteus.domain.codec.FieldReader;
import proteus.domain.codec.FieldWriter;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.transaction.NativeCurrencyAmount;

/**
 * How many old coins may still be spent, as it stands in the proof of work of a block.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code pow.rs}; protocol page "consensus", section 3.2.
 *
 * @param counter the coins that may still come out
 * @param maxLustratingAoclLeafIndex the last old output, unsigned: inputs that may be as old have to show what they spend
 */
public record LustrationStatus(NativeCurrencyAmount counter, long maxLustratingAoclLeafIndex) {

    private static final int STATUS_DIGEST = 27;
    private static final int REST_DIGEST = 28;
    private static final int VERSION_DIGEST = 26;
    private static final int VERSION_ELEMENT = 4;

    /** The status in {@code pow}; empty if there is none that can be read. */
    public static Optional<LustrationStatus> of(BlockPow pow) {
        FieldWriter status = new FieldWriter(Digest.LENGTH + 1);
        status.digest(pow.pathA().get(STATUS_DIGEST))
                .element(pow.pathA().get(REST_DIGEST).at(0));
        FieldReader reader = new FieldReader(status.toElements());
        try {
            long index = reader.u64();
            long low = reader.u64();
            return Optional.of(new LustrationStatus(new NativeCurrencyAmount(reader.u64(), low), index));
        } catch (FieldDecodingException unreadable) {
            return Optional.empty();
        }
    }

    /** The same proof of work with this status in it. */
    public BlockPow in(BlockPow pow) {
        FieldWriter status = new FieldWriter(Digest.LENGTH + 1);
        status.u64(maxLustratingAoclLeafIndex).u128(counter.high(), counter.low());
        BFieldElements limbs = status.toElements();
        List<Digest> path = new ArrayList<>(pow.pathA());
        Digest rest = path.get(REST_DIGEST);
        path.set(STATUS_DIGEST, new Digest(limbs.at(0), limbs.at(1), limbs.at(2), limbs.at(3), limbs.at(4)));
        path.set(REST_DIGEST, new Digest(limbs.at(5), rest.at(1), rest.at(2), rest.at(3), rest.at(4)));
        return new BlockPow(pow.root(), path, pow.pathB(), pow.nonce());
    }

    /** The copy of the header's version that {@code pow} carries. */
    static long version(BlockPow pow) {
        return pow.pathA().get(VERSION_DIGEST).at(VERSION_ELEMENT);
    }
}
