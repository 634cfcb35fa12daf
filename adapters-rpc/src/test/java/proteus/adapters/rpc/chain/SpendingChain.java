package proteus.adapters.rpc.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import proteus.application.contract.ComposedChain;
import proteus.application.contract.InMemoryChainStore;
import proteus.application.port.StoreException;
import proteus.application.port.StoredBlock;
import proteus.domain.block.Block;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockKernel;
import proteus.domain.block.GuesserFee;
import proteus.domain.field.BFieldElement;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.EvolvingMutatorSet;
import proteus.domain.mutatorset.MsMembershipProof;
import proteus.domain.mutatorset.MutatorSetUpdate;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.network.Network;
import proteus.domain.transaction.TransactionKernel;

/** A stored chain whose blocks have outputs, and inputs that spend them. Its blocks are not valid otherwise. */
final class SpendingChain {

    private static final Network MOCK = new Network.TestnetMock();

    private final RandomGenerator random;
    private final InMemoryChainStore store = new InMemoryChainStore();
    private final List<StoredBlock> blocks = new ArrayList<>();
    private final List<Digest> leafs = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private final EvolvingMutatorSet set;

    /** An output that its owner can spend. */
    static final class Output {
        private final Digest item;
        private final MsMembershipProof proof;
        private final long height;
        private boolean spent;

        private Output(Digest item, MsMembershipProof proof, long height) {
            this.item = item;
            this.proof = proof;
            this.height = height;
        }

        AbsoluteIndexSet indices() {
            return AbsoluteIndexSet.compute(
                    item, proof.senderRandomness(), proof.receiverPreimage(), proof.aoclLeafIndex());
        }

        AdditionRecord record() {
            return proof.additionRecord(item);
        }

        boolean isSpent() {
            return spent;
        }

        long height() {
            return height;
        }
    }

    SpendingChain(RandomGenerator random) throws StoreException {
        this.random = random;
        StoredBlock genesis = ComposedChain.of(MOCK).tip();
        blocks.add(genesis);
        genesis.block().kernel().body().transactionKernel().outputs().forEach(this::addLeaf);
        set = EvolvingMutatorSet.of(genesis.asParent().mutatorSetAfter().orElseThrow())
                .orElseThrow();
        store.adopt(List.of(genesis), genesis.header().height(), List.of(genesis.digest()));
    }

    private void addLeaf(AdditionRecord record) {
        leafs.add(record.canonicalCommitment());
    }

    /** Appends a block with so many outputs, which spends up to so many of the earlier ones. */
    void append(int adding, int spending) throws StoreException {
        StoredBlock parent = blocks.getLast();
        List<RemovalRecord> inputs = inputs(spending);
        List<AdditionRecord> records = new ArrayList<>();
        for (int i = 0; i < adding; i++) {
            Digest item = digest();
            Output output = new Output(
                    item,
                    set.add(item, digest(), digest()),
                    parent.header().height().value() + 1);
            outputs.add(output);
            records.add(output.record());
        }
        set.remove(inputs);
        StoredBlock block = withContent(parent, inputs, records);
        for (AdditionRecord guessed :
                GuesserFee.additionRecords(block.block(), block.digest()).orElseThrow()) {
            set.add(guessed);
            records.add(guessed);
        }
        records.forEach(this::addLeaf);
        blocks.add(block);
        store.adopt(List.of(block), block.header().height(), List.of(block.digest()));
    }

    private List<RemovalRecord> inputs(int most) {
        List<RemovalRecord> inputs = new ArrayList<>();
        for (int i = 0; i < most && !outputs.isEmpty(); i++) {
            Output output = outputs.get(random.nextInt(outputs.size()));
            if (!output.spent) {
                output.spent = true;
                inputs.add(set.updated(output.item, output.proof).drop(output.item));
            }
        }
        return inputs;
    }

    private static StoredBlock withContent(
            StoredBlock parent, List<RemovalRecord> inputs, List<AdditionRecord> outputs) {
        BlockKernel plain =
                ComposedChain.next(MOCK, parent, ComposedChain.LATE, 1).block().kernel();
        TransactionKernel empty = plain.body().transactionKernel();
        TransactionKernel transaction = new TransactionKernel(
                inputs,
                outputs,
                List.of(),
                empty.fee(),
                empty.coinbase(),
                empty.timestamp(),
                empty.mutatorSetHash(),
                true);
        BlockBody body = new BlockBody(
                transaction,
                parent.asParent()
                        .mutatorSetAfter()
                        .flatMap(new MutatorSetUpdate(inputs, outputs)::applyTo)
                        .orElseThrow(),
                plain.body().lockFreeMmrAccumulator(),
                plain.body().blockMmrAccumulator());
        return StoredBlock.of(new Block(
                new BlockKernel(plain.header(), body, plain.appendix()),
                ComposedChain.next(MOCK, parent, ComposedChain.LATE, 1).block().proof()));
    }

    private Digest digest() {
        long[] words = random.longs(Digest.LENGTH).map(BFieldElement::reduce).toArray();
        return new Digest(words[0], words[1], words[2], words[3], words[4]);
    }

    InMemoryChainStore store() {
        return store;
    }

    List<StoredBlock> blocks() {
        return blocks;
    }

    /** The whole commitment list. */
    List<Digest> leafs() {
        return leafs;
    }

    List<Output> outputs() {
        return outputs;
    }

    /** Some output that is not spent. */
    Optional<Output> unspent() {
        return outputs.stream().filter(output -> !output.spent).findAny();
    }
}
