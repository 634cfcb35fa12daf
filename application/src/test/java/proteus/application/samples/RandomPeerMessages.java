package proteus.application.samples;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import proteus.domain.block.BlockWithParentAccumulator;
import proteus.domain.network.Network;
import proteus.domain.peer.ArchivalMutatorSetFrame;
import proteus.domain.peer.AuthenticatedBlock;
import proteus.domain.peer.ByteSequence;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.MagicValue;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerBlockNotification;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;
import proteus.domain.peer.PeerTime;
import proteus.domain.peer.SyncBlockPair;
import proteus.domain.peer.TransferConnectionStatus;
import proteus.domain.peer.TransferSyncBitMask;
import proteus.domain.transaction.LinkKernel;
import proteus.domain.transaction.TransactionKernelId;
import proteus.domain.transaction.TransactionProofQuality;
import proteus.domain.transaction.TransferLinkTx;
import proteus.domain.transaction.TransferTransaction;
import proteus.domain.transaction.TransferTransactionProof;

/** Messages of every kind: right in form, nonsense in content. One seed gives the same messages again. */
public final class RandomPeerMessages {

    private static final List<String> VERSIONS = List.of("0.19.4", "0.18.0-rc.1+b7", "", "é".repeat(15));
    private static final List<String> EXTRA_DATA = List.of("", "1K", "0", "x".repeat(251), "日本".repeat(42));

    private final RandomNumbers numbers;
    private final RandomBlocks blocks;

    /** Messages drawn from {@code random}. */
    public RandomPeerMessages(RandomGenerator random) {
        this.numbers = new RandomNumbers(random);
        this.blocks = new RandomBlocks(random);
    }

    /** A message of any kind. */
    public PeerMessage next() {
        return next(PeerMessageKind.fromIndex(numbers.below(33)).orElseThrow());
    }

    /** A message of {@code kind}. */
    public PeerMessage next(PeerMessageKind kind) {
        return switch (kind) {
            case HANDSHAKE -> new PeerMessage.Handshake(magic(), handshakeData());
            case BLOCK -> new PeerMessage.Block(blocks.transferBlock());
            case BLOCK_NOTIFICATION_REQUEST -> new PeerMessage.BlockNotificationRequest();
            case BLOCK_NOTIFICATION ->
                new PeerMessage.BlockNotification(
                        new PeerBlockNotification(numbers.digest(), blocks.height(), blocks.proofOfWork()));
            case BLOCK_REQUEST_BY_HEIGHT -> new PeerMessage.BlockRequestByHeight(blocks.height());
            case BLOCK_REQUEST_BY_HASH -> new PeerMessage.BlockRequestByHash(numbers.digest());
            case BLOCK_REQUEST_BATCH ->
                new PeerMessage.BlockRequestBatch(numbers.digests(numbers.below(4)), numbers.u64(), blocks.mmr());
            case BLOCK_RESPONSE_BATCH -> new PeerMessage.BlockResponseBatch(upTo(2, this::authenticatedBlock));
            case UNABLE_TO_SATISFY_BATCH_REQUEST -> new PeerMessage.UnableToSatisfyBatchRequest();
            case SYNC_CHALLENGE -> new PeerMessage.SyncChallenge(numbers.digest(), ten(blocks::height));
            case SYNC_CHALLENGE_RESPONSE -> syncChallengeResponse();
            case BLOCK_PROPOSAL_NOTIFICATION ->
                new PeerMessage.BlockProposalNotification(numbers.digest(), blocks.amount(), blocks.height());
            case BLOCK_PROPOSAL_REQUEST -> new PeerMessage.BlockProposalRequest(numbers.digest());
            case BLOCK_PROPOSAL -> new PeerMessage.BlockProposal(blocks.block());
            case TRANSACTION ->
                new PeerMessage.Transaction(new TransferTransaction(blocks.transactionKernel(), transactionProof()));
            case TRANSACTION_NOTIFICATION -> transactionNotification();
            case TRANSACTION_REQUEST -> new PeerMessage.TransactionRequest(txid());
            case PEER_LIST_REQUEST -> new PeerMessage.PeerListRequest();
            case PEER_LIST_RESPONSE -> new PeerMessage.PeerListResponse(upTo(10, this::peer));
            case BYE -> new PeerMessage.Bye();
            case CONNECTION_STATUS -> new PeerMessage.ConnectionStatus(status());
            case SYNC_COVERAGE ->
                new PeerMessage.SyncCoverage(new TransferSyncBitMask(numbers.u64(), numbers.u64(), numbers.words()));
            case VALIDATED_BLOCK_REQUEST_BY_HEIGHT ->
                new PeerMessage.ValidatedBlockRequestByHeight(blocks.height(), blocks.mmr());
            case VALIDATED_BLOCK -> new PeerMessage.ValidatedBlock(authenticatedBlock());
            case LINK_TX_NOTIFICATION ->
                new PeerMessage.LinkTxNotification(
                        txid(), numbers.digest(), blocks.amount(), numbers.u64(), numbers.u64(), numbers.u64());
            case LINK_TX_REQUEST -> new PeerMessage.LinkTxRequest(txid());
            case LINK_TX -> new PeerMessage.LinkTx(linkTx());
            case BLOCK_NOTIFICATION_WITH_POW_WITNESS ->
                new PeerMessage.BlockNotificationWithPowWitness(blocks.headerWithWitness());
            case TIP_WITH_PARENT_ACCUMULATOR_REQUEST -> new PeerMessage.TipWithParentAccumulatorRequest();
            case TIP_WITH_PARENT_ACCUMULATOR ->
                new PeerMessage.TipWithParentAccumulator(
                        new BlockWithParentAccumulator(blocks.transferBlock(), blocks.mutatorSet()));
            case ARCHIVAL_MUTATOR_SET_REQUEST ->
                new PeerMessage.ArchivalMutatorSetRequest(numbers.digest(), numbers.digest(), numbers.u64());
            case ARCHIVAL_MUTATOR_SET -> new PeerMessage.ArchivalMutatorSet(archivalFrame());
            case BLOCK_PROPOSAL_NOTIFICATION_REQUEST -> new PeerMessage.BlockProposalNotificationRequest();
        };
    }

    /** What a node says about itself. */
    public HandshakeData handshakeData() {
        return new HandshakeData(
                blocks.header(),
                numbers.flag() ? Optional.empty() : Optional.of(numbers.below(65_536)),
                network(),
                instanceId(),
                VERSIONS.get(numbers.below(VERSIONS.size())),
                numbers.flag(),
                numbers.flag(),
                new PeerTime(numbers.u64() & Long.MAX_VALUE, numbers.below(1_000_000_000)),
                EXTRA_DATA.get(numbers.below(EXTRA_DATA.size())));
    }

    private MagicValue magic() {
        return switch (numbers.below(3)) {
            case 0 -> MagicValue.REQUEST;
            case 1 -> MagicValue.RESPONSE;
            default -> new MagicValue(ByteSequence.owning(numbers.bytes(MagicValue.LENGTH)));
        };
    }

    private Network network() {
        return switch (numbers.below(4)) {
            case 0 -> new Network.Main();
            case 1 -> new Network.TestnetMock();
            case 2 -> new Network.RegTest();
            default -> new Network.Testnet(numbers.below(256));
        };
    }

    private InstanceId instanceId() {
        return new InstanceId(numbers.flag() ? 0 : numbers.u64(), numbers.u64());
    }

    private PeerListEntry peer() {
        IpAddress ip =
                numbers.flag() ? new IpAddress.V4(numbers.u32()) : new IpAddress.V6(numbers.u64(), numbers.u64());
        return new PeerListEntry(new PeerAddress(ip, numbers.below(65_536)), instanceId());
    }

    private TransferConnectionStatus status() {
        if (numbers.below(4) == 0) {
            return new TransferConnectionStatus.Accepted();
        }
        return new TransferConnectionStatus.Refused(
                switch (numbers.below(6)) {
                    case 0 -> new ConnectionRefusedReason.AlreadyConnected();
                    case 1 -> new ConnectionRefusedReason.BadStanding();
                    case 2 -> new ConnectionRefusedReason.IncompatibleVersion();
                    case 3 -> new ConnectionRefusedReason.MaxPeerNumberExceeded();
                    case 4 -> new ConnectionRefusedReason.SelfConnect();
                    default -> new ConnectionRefusedReason.Other(numbers.below(256));
                });
    }

    private AuthenticatedBlock authenticatedBlock() {
        return new AuthenticatedBlock(blocks.transferBlock(), blocks.membershipProof());
    }

    private PeerMessage.SyncChallengeResponse syncChallengeResponse() {
        return new PeerMessage.SyncChallengeResponse(
                ten(() -> new SyncBlockPair(blocks.transferBlock(), blocks.transferBlock())),
                ten(blocks::membershipProof),
                blocks.transferBlock(),
                blocks.transferBlock(),
                ten(blocks::headerWithWitness));
    }

    private TransactionKernelId txid() {
        return new TransactionKernelId(numbers.digest());
    }

    private PeerMessage.TransactionNotification transactionNotification() {
        return new PeerMessage.TransactionNotification(
                txid(),
                numbers.digest(),
                numbers.flag() ? TransactionProofQuality.PROOF_COLLECTION : TransactionProofQuality.SINGLE_PROOF,
                blocks.amount(),
                numbers.u64(),
                numbers.u64());
    }

    private TransferTransactionProof transactionProof() {
        return numbers.flag() ? blocks.proofCollection() : new TransferTransactionProof.SingleProof(blocks.proof());
    }

    private TransferLinkTx linkTx() {
        LinkKernel kernel = new LinkKernel(blocks.transactionKernel(), upTo(4, blocks::additionRecord));
        return new TransferLinkTx(kernel, blocks.proof());
    }

    private ArchivalMutatorSetFrame archivalFrame() {
        return new ArchivalMutatorSetFrame(
                numbers.digest(), numbers.u64(), numbers.u64(), ByteSequence.owning(numbers.bytes(numbers.below(300))));
    }

    private static <T> List<T> ten(Supplier<T> element) {
        return Stream.generate(element).limit(10).toList();
    }

    private <T> List<T> upTo(int most, Supplier<T> element) {
        return Stream.generate(element).limit(numbers.below(most + 1)).toList();
    }
}
