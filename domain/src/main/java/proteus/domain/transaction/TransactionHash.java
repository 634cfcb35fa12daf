package proteus.domain.transaction;

import java.util.List;
import proteus.domain.codec.FieldWriter;
import proteus.domain.codec.FieldWriter.Encoding;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.hash.MastHash;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.MutatorSetEncoding;
import proteus.domain.mutatorset.RemovalRecord;

/** The hashes that name transactions. Source: neptune-consensus and neptune-mempool 0.19.4. */
public final class TransactionHash {

    private TransactionHash() {}

    /** The MAST hash of a kernel: a tree over its eight fields. Packed and unpacked inputs give different hashes. */
    public static Digest of(TransactionKernel kernel) {
        return MastHash.of(leafs(kernel));
    }

    /** The MAST hash of a link kernel: the eight fields of its kernel, and its thruputs. */
    public static Digest of(LinkKernel link) {
        Digest[] kernel = leafs(link.kernel());
        Digest[] all = new Digest[kernel.length + 1];
        System.arraycopy(kernel, 0, all, 0, kernel.length);
        all[kernel.length] = hash(out -> out.listOfStatic(link.thruputs(), MutatorSetEncoding::write));
        return MastHash.of(all);
    }

    /** The id of a transaction, which stays the same when the mutator set moves on. */
    public static TransactionKernelId id(TransactionKernel kernel) {
        return new TransactionKernelId(MastHash.of(
                inputsOf(kernel),
                hash(out -> kernel.outputs().stream()
                        .map(AdditionRecord::canonicalCommitment)
                        .forEach(out::digest)),
                hash(out -> kernel.announcements().forEach(item -> out.digest(hashOf(item.message())))),
                hash(out -> TransactionEncoding.write(out, kernel.fee())),
                hash(out -> TransactionEncoding.writeCoinbase(out, kernel)),
                hash(out -> out.bool(kernel.mergeBit()))));
    }

    private static Digest[] leafs(TransactionKernel kernel) {
        return new Digest[] {
            hash(out -> TransactionEncoding.writeInputs(out, kernel)),
            hash(out -> TransactionEncoding.writeOutputs(out, kernel)),
            hash(out -> TransactionEncoding.writeAnnouncements(out, kernel)),
            hash(out -> TransactionEncoding.write(out, kernel.fee())),
            hash(out -> TransactionEncoding.writeCoinbase(out, kernel)),
            hash(out -> out.element(kernel.timestamp().millis())),
            hash(out -> out.digest(kernel.mutatorSetHash())),
            hash(out -> out.bool(kernel.mergeBit()))
        };
    }

    private static Digest inputsOf(TransactionKernel kernel) {
        List<Digest> sorted = kernel.inputs().stream()
                .map(RemovalRecord::absoluteIndices)
                .map(indices -> hash(out -> MutatorSetEncoding.write(out, indices)))
                .sorted()
                .toList();
        return hash(out -> sorted.forEach(out::digest));
    }

    private static Digest hashOf(BFieldElements message) {
        return hash(out -> out.bare(message));
    }

    private static Digest hash(Encoding encoding) {
        FieldWriter out = new FieldWriter();
        encoding.write(out);
        return out.hash();
    }
}
