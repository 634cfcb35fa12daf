package proteus.domain.transaction;

import java.util.List;
import java.util.Optional;
import proteus.domain.codec.FieldDecodingException;
import proteus.domain.codec.FieldReader;
import proteus.domain.codec.FieldWriter;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.AbsoluteIndexSet;

/**
 * Shows which output an input spends, so that everyone can see that it is no counterfeit. Announcements carry it.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code transparent_input.rs}; protocol page "consensus", section 6.
 *
 * @param utxo the output
 * @param aoclLeafIndex where it stands in the commitment list, unsigned
 * @param senderRandomness what its sender drew
 * @param receiverPreimage what only its receiver knew
 */
public record TransparentInput(Utxo utxo, long aoclLeafIndex, Digest senderRandomness, Digest receiverPreimage) {

    /** The first element of an announcement that carries one. */
    public static final long FLAG = 51_022_176_260L;

    /** The input that {@code announcement} carries; empty if it carries something else. */
    public static Optional<TransparentInput> of(Announcement announcement) {
        FieldReader in = new FieldReader(announcement.message());
        try {
            return in.element() == FLAG ? Optional.of(read(in)) : Optional.empty();
        } catch (FieldDecodingException somethingElse) {
            return Optional.empty();
        }
    }

    private static TransparentInput read(FieldReader in) throws FieldDecodingException {
        Digest receiverPreimage = in.digest();
        Digest senderRandomness = in.digest();
        long aoclLeafIndex = in.u64();
        Utxo utxo = in.prefixed(TransparentInput::readUtxo);
        in.end();
        return new TransparentInput(utxo, aoclLeafIndex, senderRandomness, receiverPreimage);
    }

    private static Utxo readUtxo(FieldReader in) throws FieldDecodingException {
        List<Coin> coins = in.prefixed(list -> list.listOfDynamic(TransparentInput::readCoin));
        return new Utxo(in.digest(), coins);
    }

    private static Coin readCoin(FieldReader in) throws FieldDecodingException {
        BFieldElements state = in.prefixed(FieldReader::list);
        return new Coin(in.digest(), state);
    }

    /** The announcement that carries it. */
    public Announcement toAnnouncement() {
        FieldWriter out = new FieldWriter();
        out.element(FLAG)
                .digest(receiverPreimage)
                .digest(senderRandomness)
                .u64(aoclLeafIndex)
                .prefixed(output -> TransactionEncoding.write(output, utxo));
        return new Announcement(out.toElements());
    }

    /** The indices of the input that spends the output. */
    public AbsoluteIndexSet absoluteIndices() {
        return AbsoluteIndexSet.compute(utxo.hash(), senderRandomness, receiverPreimage, aoclLeafIndex);
    }
}
