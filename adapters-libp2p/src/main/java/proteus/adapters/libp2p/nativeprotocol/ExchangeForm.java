package proteus.adapters.libp2p.nativeprotocol;

import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.EmptyMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.AtHeightMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.BlockExchange;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.PeerExchange;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.PeerMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.PeersMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.TipMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.TransactionExchange;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.WithHashMessage;
import proteus.application.bridge.BlockExchange.AnnounceProposal;
import proteus.application.bridge.BlockExchange.AnnounceTip;
import proteus.application.bridge.BlockExchange.AtHeight;
import proteus.application.bridge.BlockExchange.Found;
import proteus.application.bridge.BlockExchange.ProposalWith;
import proteus.application.bridge.BlockExchange.Proposed;
import proteus.application.bridge.BlockExchange.Tip;
import proteus.application.bridge.BlockExchange.TipWithParentSet;
import proteus.application.bridge.BlockExchange.WithHash;
import proteus.application.bridge.TransactionExchange.FoundLink;
import proteus.application.bridge.TransactionExchange.LinkRequest;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockWithParentAccumulator;
import proteus.domain.hash.Digest;
import proteus.domain.peer.ByteSequence;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.transaction.TransactionKernelId;

/** Requests and answers. */
final class ExchangeForm {

    private ExchangeForm() {}

    static BlockExchange of(proteus.application.bridge.BlockExchange exchange) {
        BlockExchange.Builder message = BlockExchange.newBuilder();
        BlockExchange.Builder filled = switch (exchange) {
            case AnnounceTip() -> message.setAnnounceTip(EmptyMessage.getDefaultInstance());
            case AnnounceProposal() -> message.setAnnounceProposal(EmptyMessage.getDefaultInstance());
            case AtHeight(var height) ->
                message.setAtHeight(AtHeightMessage.newBuilder().setHeight(height.value()));
            case WithHash(var hash) -> message.setWithHash(of(hash));
            case TipWithParentSet() -> message.setTipWithParentSet(EmptyMessage.getDefaultInstance());
            case ProposalWith(var hash) -> message.setProposalWith(of(hash));
            case Found(var block) -> message.setBlock(BlockForm.of(block));
            case Proposed(var block) -> message.setProposal(BlockForm.of(block));
            case Tip(var tip) ->
                message.setTip(TipMessage.newBuilder()
                        .setBlock(BlockForm.of(tip.block()))
                        .setParentSet(MutatorSetForm.of(tip.parentAccumulator())));
        };
        return filled.build();
    }

    static proteus.application.bridge.BlockExchange exchange(BlockExchange message) {
        return switch (message.getBodyCase()) {
            case ANNOUNCE_TIP -> new AnnounceTip();
            case ANNOUNCE_PROPOSAL -> new AnnounceProposal();
            case AT_HEIGHT -> new AtHeight(new BlockHeight(message.getAtHeight().getHeight()));
            case WITH_HASH -> new WithHash(hash(message.getWithHash()));
            case TIP_WITH_PARENT_SET -> new TipWithParentSet();
            case PROPOSAL_WITH -> new ProposalWith(hash(message.getProposalWith()));
            case BLOCK -> new Found(BlockForm.block(message.getBlock()));
            case PROPOSAL -> new Proposed(BlockForm.proposed(message.getProposal()));
            case TIP ->
                new Tip(new BlockWithParentAccumulator(
                        BlockForm.block(message.getTip().getBlock()),
                        MutatorSetForm.set(message.getTip().getParentSet())));
            case BODY_NOT_SET -> throw Unsurveyed.message();
        };
    }

    private static WithHashMessage of(Digest hash) {
        return WithHashMessage.newBuilder().setHash(Packed.of(hash)).build();
    }

    private static Digest hash(WithHashMessage message) {
        return Packed.digest(message.getHash());
    }

    static PeerExchange of(proteus.application.bridge.PeerExchange exchange) {
        PeerExchange.Builder message = PeerExchange.newBuilder();
        PeerExchange.Builder filled = switch (exchange) {
            case proteus.application.bridge.PeerExchange.Request() ->
                message.setRequest(EmptyMessage.getDefaultInstance());
            case proteus.application.bridge.PeerExchange.Response(var peers) ->
                message.setResponse(PeersMessage.newBuilder()
                        .addAllPeers(peers.stream().map(ExchangeForm::of).toList()));
        };
        return filled.build();
    }

    static proteus.application.bridge.PeerExchange exchange(PeerExchange message) {
        return switch (message.getBodyCase()) {
            case REQUEST -> new proteus.application.bridge.PeerExchange.Request();
            case RESPONSE ->
                new proteus.application.bridge.PeerExchange.Response(message.getResponse().getPeersList().stream()
                        .map(ExchangeForm::peer)
                        .toList());
            case BODY_NOT_SET -> throw Unsurveyed.message();
        };
    }

    private static PeerMessage of(PeerListEntry peer) {
        return PeerMessage.newBuilder()
                .setIp(Packed.of(ByteSequence.owning(peer.address().ip().toBytes())))
                .setPort(peer.address().port())
                .setInstanceId(
                        Packed.of(peer.instanceId().high(), peer.instanceId().low()))
                .build();
    }

    private static PeerListEntry peer(PeerMessage message) {
        return new PeerListEntry(
                new PeerAddress(IpAddress.of(message.getIp().toByteArray()), message.getPort()),
                new InstanceId(Packed.high(message.getInstanceId()), Packed.low(message.getInstanceId())));
    }

    static TransactionExchange of(proteus.application.bridge.TransactionExchange exchange) {
        TransactionExchange.Builder message = TransactionExchange.newBuilder();
        TransactionExchange.Builder filled = switch (exchange) {
            case proteus.application.bridge.TransactionExchange.Request(var txid) ->
                message.setRequest(of(txid.digest()));
            case LinkRequest(var txid) -> message.setLinkRequest(of(txid.digest()));
            case proteus.application.bridge.TransactionExchange.Found(var transaction) ->
                message.setTransaction(TransactionForm.of(transaction));
            case FoundLink(var transaction) -> message.setLink(TransactionForm.of(transaction));
        };
        return filled.build();
    }

    static proteus.application.bridge.TransactionExchange exchange(TransactionExchange message) {
        return switch (message.getBodyCase()) {
            case REQUEST ->
                new proteus.application.bridge.TransactionExchange.Request(
                        new TransactionKernelId(hash(message.getRequest())));
            case LINK_REQUEST -> new LinkRequest(new TransactionKernelId(hash(message.getLinkRequest())));
            case TRANSACTION ->
                new proteus.application.bridge.TransactionExchange.Found(
                        TransactionForm.transaction(message.getTransaction()));
            case LINK -> new FoundLink(TransactionForm.link(message.getLink()));
            case BODY_NOT_SET -> throw Unsurveyed.message();
        };
    }
}
