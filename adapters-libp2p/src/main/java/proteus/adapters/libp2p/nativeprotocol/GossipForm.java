package proteus.adapters.libp2p.nativeprotocol;

import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.GossipEnvelope;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.LinkAnnouncement;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.ProposalAnnouncement;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.TipAnnouncement;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.TransactionAnnouncement;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.TransactionAnnouncement.Quality;
import proteus.application.bridge.GossipEnvelope.OfLink;
import proteus.application.bridge.GossipEnvelope.OfProposal;
import proteus.application.bridge.GossipEnvelope.OfTip;
import proteus.application.bridge.GossipEnvelope.OfTransaction;
import proteus.application.bridge.GossipEnvelope.OfWitnessedTip;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.ProofOfWork;
import proteus.domain.peer.PeerBlockNotification;
import proteus.domain.transaction.TransactionKernelId;
import proteus.domain.transaction.TransactionProofQuality;

/** What nodes tell each other unasked. */
final class GossipForm {

    private GossipForm() {}

    static GossipEnvelope of(proteus.application.bridge.GossipEnvelope envelope) {
        GossipEnvelope.Builder message = GossipEnvelope.newBuilder();
        GossipEnvelope.Builder filled = switch (envelope) {
            case OfTip(var tip) ->
                message.setTip(TipAnnouncement.newBuilder()
                        .setHash(Packed.of(tip.hash()))
                        .setHeight(tip.height().value())
                        .setCumulativeWork(Packed.of(tip.cumulativeProofOfWork().limbs())));
            case OfWitnessedTip(var header) -> message.setWitnessedTip(BlockForm.of(header));
            case OfProposal(var hash, var fee, var height) ->
                message.setProposal(ProposalAnnouncement.newBuilder()
                        .setBodyMastHash(Packed.of(hash))
                        .setGuesserFee(TransactionForm.of(fee))
                        .setHeight(height.value()));
            case OfTransaction transaction -> message.setTransaction(of(transaction));
            case OfLink link -> message.setLink(of(link));
        };
        return filled.build();
    }

    static proteus.application.bridge.GossipEnvelope envelope(GossipEnvelope message) {
        return switch (message.getBodyCase()) {
            case TIP ->
                new OfTip(new PeerBlockNotification(
                        Packed.digest(message.getTip().getHash()),
                        new BlockHeight(message.getTip().getHeight()),
                        new ProofOfWork(Packed.words(message.getTip().getCumulativeWork()))));
            case WITNESSED_TIP -> new OfWitnessedTip(BlockForm.witnessed(message.getWitnessedTip()));
            case PROPOSAL ->
                new OfProposal(
                        Packed.digest(message.getProposal().getBodyMastHash()),
                        TransactionForm.amount(message.getProposal().getGuesserFee()),
                        new BlockHeight(message.getProposal().getHeight()));
            case TRANSACTION -> transaction(message.getTransaction());
            case LINK -> link(message.getLink());
            case BODY_NOT_SET -> throw Unsurveyed.message();
        };
    }

    private static TransactionAnnouncement of(OfTransaction transaction) {
        return TransactionAnnouncement.newBuilder()
                .setTxid(Packed.of(transaction.txid().digest()))
                .setMutatorSetHash(Packed.of(transaction.mutatorSetHash()))
                .setQuality(
                        switch (transaction.quality()) {
                            case PROOF_COLLECTION -> Quality.QUALITY_PROOF_COLLECTION;
                            case SINGLE_PROOF -> Quality.QUALITY_SINGLE_PROOF;
                        })
                .setFee(TransactionForm.of(transaction.fee()))
                .setInputs(transaction.inputs())
                .setOutputs(transaction.outputs())
                .build();
    }

    private static OfTransaction transaction(TransactionAnnouncement message) {
        return new OfTransaction(
                new TransactionKernelId(Packed.digest(message.getTxid())),
                Packed.digest(message.getMutatorSetHash()),
                switch (message.getQuality()) {
                    case QUALITY_PROOF_COLLECTION -> TransactionProofQuality.PROOF_COLLECTION;
                    case QUALITY_SINGLE_PROOF -> TransactionProofQuality.SINGLE_PROOF;
                    case QUALITY_UNSPECIFIED -> throw Unsurveyed.message();
                },
                TransactionForm.amount(message.getFee()),
                message.getInputs(),
                message.getOutputs());
    }

    private static LinkAnnouncement of(OfLink link) {
        return LinkAnnouncement.newBuilder()
                .setTxid(Packed.of(link.txid().digest()))
                .setMutatorSetHash(Packed.of(link.mutatorSetHash()))
                .setFee(TransactionForm.of(link.fee()))
                .setInputs(link.inputs())
                .setOutputs(link.outputs())
                .setThruputs(link.thruputs())
                .build();
    }

    private static OfLink link(LinkAnnouncement message) {
        return new OfLink(
                new TransactionKernelId(Packed.digest(message.getTxid())),
                Packed.digest(message.getMutatorSetHash()),
                TransactionForm.amount(message.getFee()),
                message.getInputs(),
                message.getOutputs(),
                message.getThruputs());
    }
}
