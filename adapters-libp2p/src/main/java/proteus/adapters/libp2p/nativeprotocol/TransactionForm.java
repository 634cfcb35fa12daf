package proteus.adapters.libp2p.nativeprotocol;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.KernelMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.LinkTransactionMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.ProofCollectionMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.TransactionMessage;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.LinkKernel;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Proof;
import proteus.domain.transaction.ProofCollection;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransactionKernel;
import proteus.domain.transaction.TransferLinkTx;
import proteus.domain.transaction.TransferTransaction;
import proteus.domain.transaction.TransferTransactionProof.SingleProof;

/** Transactions. */
final class TransactionForm {

    private TransactionForm() {}

    static ByteString of(NativeCurrencyAmount amount) {
        return Packed.of(amount.high(), amount.low());
    }

    static NativeCurrencyAmount amount(ByteString bytes) {
        return new NativeCurrencyAmount(Packed.high(bytes), Packed.low(bytes));
    }

    static ByteString of(Proof proof) {
        return Packed.of(proof.elements());
    }

    static Proof proof(ByteString bytes) {
        return bytes.isEmpty() ? Proof.empty() : new Proof(Packed.elements(bytes));
    }

    private static ByteString ofAdditions(List<AdditionRecord> additions) {
        return Packed.of(
                additions.stream().map(AdditionRecord::canonicalCommitment).toList());
    }

    private static List<AdditionRecord> additions(ByteString bytes) {
        return Packed.digests(bytes).stream().map(AdditionRecord::new).toList();
    }

    static KernelMessage of(TransactionKernel kernel) {
        KernelMessage.Builder message = KernelMessage.newBuilder()
                .setOutputs(ofAdditions(kernel.outputs()))
                .setFee(of(kernel.fee()))
                .setTimestamp(kernel.timestamp().millis())
                .setMutatorSetHash(Packed.of(kernel.mutatorSetHash()))
                .setMerged(kernel.mergeBit());
        kernel.inputs().forEach(input -> message.addInputs(MutatorSetForm.of(input)));
        kernel.announcements().forEach(announcement -> message.addAnnouncements(Packed.of(announcement.message())));
        kernel.coinbase().ifPresent(coinbase -> message.setCoinbase(of(coinbase)));
        return message.build();
    }

    static TransactionKernel kernel(KernelMessage message) {
        return new TransactionKernel(
                message.getInputsList().stream().map(MutatorSetForm::removal).toList(),
                additions(message.getOutputs()),
                message.getAnnouncementsList().stream()
                        .map(TransactionForm::announcement)
                        .toList(),
                amount(message.getFee()),
                message.hasCoinbase() ? Optional.of(amount(message.getCoinbase())) : Optional.empty(),
                new Timestamp(message.getTimestamp()),
                Packed.digest(message.getMutatorSetHash()),
                message.getMerged());
    }

    private static Announcement announcement(ByteString bytes) {
        BFieldElements elements = Packed.elements(bytes);
        return elements.isEmpty() ? Announcement.empty() : new Announcement(elements);
    }

    static TransactionMessage of(TransferTransaction transaction) {
        TransactionMessage.Builder message = TransactionMessage.newBuilder().setKernel(of(transaction.kernel()));
        switch (transaction.proof()) {
            case ProofCollection collection -> message.setCollection(of(collection));
            case SingleProof(Proof single) -> message.setSingleProof(of(single));
        }
        return message.build();
    }

    static TransferTransaction transaction(TransactionMessage message) {
        return new TransferTransaction(
                kernel(message.getKernel()),
                message.hasCollection()
                        ? collection(message.getCollection())
                        : new SingleProof(proof(message.getSingleProof())));
    }

    private static ProofCollectionMessage of(ProofCollection proofs) {
        ProofCollectionMessage.Builder message = ProofCollectionMessage.newBuilder()
                .setRemovalRecordsIntegrity(of(proofs.removalRecordsIntegrity()))
                .setCollectLockScripts(of(proofs.collectLockScripts()))
                .setKernelToOutputs(of(proofs.kernelToOutputs()))
                .setCollectTypeScripts(of(proofs.collectTypeScripts()))
                .setLockScriptHashes(Packed.of(proofs.lockScriptHashes()))
                .setTypeScriptHashes(Packed.of(proofs.typeScriptHashes()))
                .setKernelMastHash(Packed.of(proofs.kernelMastHash()))
                .setSaltedInputsHash(Packed.of(proofs.saltedInputsHash()))
                .setSaltedOutputsHash(Packed.of(proofs.saltedOutputsHash()))
                .setMergeBitPath(Packed.of(proofs.mergeBitMastPath()));
        proofs.lockScriptsHalt().forEach(proof -> message.addLockScriptsHalt(of(proof)));
        proofs.typeScriptsHalt().forEach(proof -> message.addTypeScriptsHalt(of(proof)));
        return message.build();
    }

    private static ProofCollection collection(ProofCollectionMessage message) {
        List<Digest> lockScriptHashes = Packed.digests(message.getLockScriptHashes());
        List<Digest> typeScriptHashes = Packed.digests(message.getTypeScriptHashes());
        return new ProofCollection(
                proof(message.getRemovalRecordsIntegrity()),
                proof(message.getCollectLockScripts()),
                proofs(message.getLockScriptsHaltList()),
                proof(message.getKernelToOutputs()),
                proof(message.getCollectTypeScripts()),
                proofs(message.getTypeScriptsHaltList()),
                lockScriptHashes,
                typeScriptHashes,
                Packed.digest(message.getKernelMastHash()),
                Packed.digest(message.getSaltedInputsHash()),
                Packed.digest(message.getSaltedOutputsHash()),
                Packed.digests(message.getMergeBitPath()));
    }

    private static List<Proof> proofs(List<ByteString> list) {
        return list.stream().map(TransactionForm::proof).toList();
    }

    static LinkTransactionMessage of(TransferLinkTx transaction) {
        return LinkTransactionMessage.newBuilder()
                .setKernel(of(transaction.kernel().kernel()))
                .setThruputs(ofAdditions(transaction.kernel().thruputs()))
                .setProof(of(transaction.proof()))
                .build();
    }

    static TransferLinkTx link(LinkTransactionMessage message) {
        LinkKernel kernel = new LinkKernel(kernel(message.getKernel()), additions(message.getThruputs()));
        return new TransferLinkTx(kernel, proof(message.getProof()));
    }
}
