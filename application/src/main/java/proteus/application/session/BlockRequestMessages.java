package proteus.application.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.application.chain.ChainSnapshot;
import proteus.application.port.StoreException;
import proteus.application.sync.Synchronisation;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockWithParentAccumulator;
import proteus.domain.block.TransferBlock;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.peer.AuthenticatedBlock;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/**
 * Requests for blocks, which are charged before anything else is looked at. Genesis is never transferred.
 *
 * <p>Source: neptune-cash 0.19.4, {@code peer_loop.rs}; protocol page "behaviour", section 2.3.3.
 */
final class BlockRequestMessages {

    /** The most hashes in a request for a batch. */
    static final int MAX_KNOWN_BLOCKS = 200;

    /** The most blocks in an answer. */
    static final int STANDARD_BLOCK_BATCH_SIZE = 35;

    /** An answer ends behind this many field elements of proofs, 8 MiB, of which nearly all of a large block consists. */
    private static final long MOST_PROOFS = 1 << 20;

    private final Conversation conversation;

    BlockRequestMessages(Conversation conversation) {
        this.conversation = conversation;
    }

    List<Reaction> onBlockRequestByHeight(BlockHeight height) throws StoreException, InterruptedException {
        return conversation.charged(PeerMessageKind.BLOCK_REQUEST_BY_HEIGHT, () -> byHeight(height));
    }

    private List<Reaction> byHeight(BlockHeight height) throws StoreException {
        if (height.isGenesis()) {
            return Reaction.punish(new NegativePeerSanction.RequestForGenesisBlock());
        }
        Optional<Block> block = conversation.chain().snapshot().blockAt(height);
        return block.isPresent() ? send(block.get()) : unknownHeight(height, Optional.empty());
    }

    /** What is above the chain only a syncing node may have: it gives that, or tells what it has. */
    private List<Reaction> unknownHeight(BlockHeight height, Optional<MmrAccumulator> anchor) {
        Optional<Synchronisation.Held> held = conversation.node().sync().held(height);
        if (held.isEmpty()) {
            return conversation.node().syncing()
                    ? Reaction.NONE
                    : Reaction.punish(new NegativePeerSanction.BlockRequestUnknownHeight());
        }
        return Reaction.send(
                switch (held.get()) {
                    case Synchronisation.Held.Missing(var coverage) ->
                        new PeerMessage.SyncCoverage(coverage.toTransfer());
                    case Synchronisation.Held.Here(var block, var path) ->
                        anchor.isEmpty()
                                ? new PeerMessage.Block(transfer(block.block()))
                                : waiting(block, path, anchor.get());
                });
    }

    /** A block that waits, if its path also leads to the other anchor, which may have fewer blocks. */
    private static PeerMessage waiting(HashedBlock block, Optional<MmrMembershipProof> path, MmrAccumulator anchor) {
        long height = block.header().height().value();
        return path.flatMap(whole -> whole.truncatedTo(height, anchor.leafCount()))
                .filter(proof -> anchor.contains(height, block.digest(), proof))
                .<PeerMessage>map(
                        proof -> new PeerMessage.ValidatedBlock(new AuthenticatedBlock(transfer(block.block()), proof)))
                .orElseGet(PeerMessage.UnableToSatisfyBatchRequest::new);
    }

    List<Reaction> onBlockRequestByHash(Digest hash) throws StoreException, InterruptedException {
        return conversation.charged(PeerMessageKind.BLOCK_REQUEST_BY_HASH, () -> byHash(hash));
    }

    private List<Reaction> byHash(Digest hash) throws StoreException {
        ChainSnapshot chain = conversation.chain().snapshot();
        if (hash.equals(chain.genesis())) {
            return Reaction.punish(new NegativePeerSanction.RequestForGenesisBlock());
        }
        Optional<Block> block = chain.block(hash);
        if (block.isPresent()) {
            return send(block.get());
        }
        return conversation.node().syncing()
                ? Reaction.NONE
                : Reaction.punish(new NegativePeerSanction.RequestForUnknownBlock());
    }

    private static List<Reaction> send(Block block) {
        return Reaction.send(new PeerMessage.Block(transfer(block)));
    }

    /** Only genesis has no proof, and it is not asked for here. */
    private static TransferBlock transfer(Block block) {
        return TransferBlock.of(block).orElseThrow(() -> new IllegalStateException("a stored block has no proof"));
    }

    List<Reaction> onValidatedBlockRequestByHeight(BlockHeight height, MmrAccumulator anchor)
            throws StoreException, InterruptedException {
        return conversation.charged(PeerMessageKind.VALIDATED_BLOCK_REQUEST_BY_HEIGHT, () -> validated(height, anchor));
    }

    private List<Reaction> validated(BlockHeight height, MmrAccumulator anchor) throws StoreException {
        if (height.isGenesis()) {
            return Reaction.punish(new NegativePeerSanction.RequestForGenesisBlock());
        }
        ChainSnapshot chain = conversation.chain().snapshot();
        if (chain.digestAt(height).isEmpty()) {
            return unknownHeight(height, Optional.of(anchor));
        }
        Optional<AuthenticatedBlock> answer = authenticated(chain, height, anchor);
        return Reaction.send(
                answer.isPresent()
                        ? new PeerMessage.ValidatedBlock(answer.get())
                        : new PeerMessage.UnableToSatisfyBatchRequest());
    }

    /**
     * A block of the chain with the path that shows it to be among the blocks of {@code anchor}; empty if it cannot be
     * shown.
     */
    private Optional<AuthenticatedBlock> authenticated(ChainSnapshot chain, BlockHeight height, MmrAccumulator anchor)
            throws StoreException {
        Digest digest = chain.digestAt(height).orElseThrow();
        Optional<MmrMembershipProof> path = chain.path(height, anchor.leafCount())
                .or(() -> stretched(chain, height, anchor))
                .filter(proof -> anchor.contains(height.value(), digest, proof));
        if (path.isEmpty()) {
            return Optional.empty();
        }
        Optional<Block> block = chain.block(digest);
        return block.map(found -> new AuthenticatedBlock(transfer(found), path.get()));
    }

    /** During a sync the way from the own tip to the sync's anchor is known, and so that from any block before it. */
    private Optional<MmrMembershipProof> stretched(ChainSnapshot chain, BlockHeight height, MmrAccumulator anchor) {
        Synchronisation sync = conversation.node().sync();
        Optional<MmrMembershipProof> ofTip = sync.pathOf(chain.tip().digest());
        Optional<MmrAccumulator> own = sync.anchor();
        return ofTip.isEmpty() || own.isEmpty()
                ? Optional.empty()
                : chain.stretchedPath(height, own.get().leafCount(), ofTip.get())
                        .flatMap(path -> path.truncatedTo(height.value(), anchor.leafCount()));
    }

    List<Reaction> onBlockRequestBatch(PeerMessage.BlockRequestBatch request)
            throws StoreException, InterruptedException {
        return conversation.charged(PeerMessageKind.BLOCK_REQUEST_BATCH, () -> batch(request));
    }

    private List<Reaction> batch(PeerMessage.BlockRequestBatch request) throws StoreException {
        List<Digest> known = request.knownBlocks();
        if (known.size() > MAX_KNOWN_BLOCKS) {
            return Reaction.punish(new NegativePeerSanction.BatchBlocksRequestTooManyDigests());
        }
        if (known.isEmpty()) {
            return Reaction.punish(new NegativePeerSanction.BatchBlocksRequestEmpty());
        }
        ChainSnapshot chain = conversation.chain().snapshot();
        MmrAccumulator anchor = request.anchor();
        long blocks = chain.height().value() + 1;
        if (canonical(chain, known.getLast()).isEmpty() || Long.compareUnsigned(anchor.leafCount(), blocks) > 0) {
            return List.of(
                    new Reaction.Punish(new NegativePeerSanction.BatchBlocksUnknownRequest()),
                    new Reaction.Send(new PeerMessage.UnableToSatisfyBatchRequest()));
        }
        BlockHeight start = firstCanonical(chain, known);
        return batch(chain, start.next(), wanted(request.maxResponseLength()), anchor);
    }

    private List<Reaction> batch(ChainSnapshot chain, BlockHeight from, int most, MmrAccumulator anchor)
            throws StoreException {
        List<AuthenticatedBlock> blocks = new ArrayList<>();
        BlockHeight height = from;
        long proofs = 0;
        while (blocks.size() < most
                && proofs < MOST_PROOFS
                && chain.digestAt(height).isPresent()) {
            Optional<AuthenticatedBlock> block = authenticated(chain, height, anchor);
            if (block.isEmpty()) {
                return Reaction.punish(new NegativePeerSanction.BatchBlocksUnknownRequest());
            }
            blocks.add(block.get());
            proofs += block.get().block().proof().elements().size();
            height = height.next();
        }
        // Upstream also sends an empty one when nothing follows what both sides know.
        return Reaction.send(new PeerMessage.BlockResponseBatch(blocks));
    }

    private int wanted(long maxResponseLength) {
        long asked = maxResponseLength < 0 ? Long.MAX_VALUE : maxResponseLength;
        long most = Math.min(asked, conversation.node().sync().settings().threshold());
        return Math.clamp(most, 1, STANDARD_BLOCK_BATCH_SIZE);
    }

    private static BlockHeight firstCanonical(ChainSnapshot chain, List<Digest> known) throws StoreException {
        for (Digest digest : known) {
            Optional<BlockHeight> height = canonical(chain, digest);
            if (height.isPresent()) {
                return height.get();
            }
        }
        throw new IllegalStateException("the last of them is on the chain");
    }

    /** The height of this block if it is on the chain. */
    private static Optional<BlockHeight> canonical(ChainSnapshot chain, Digest digest) throws StoreException {
        return chain.header(digest)
                .map(stored -> stored.header().height())
                .filter(height -> chain.isOnChain(height, digest));
    }

    List<Reaction> onTipWithParentAccumulatorRequest() throws StoreException, InterruptedException {
        return conversation.charged(
                PeerMessageKind.TIP_WITH_PARENT_ACCUMULATOR_REQUEST, this::tipWithParentAccumulator);
    }

    /**
     * Genesis has no parent whose mutator set could be told, and is never transferred. Upstream holds some recent
     * accumulators only, and is silent after a start; here the parent's follows from its block.
     */
    private List<Reaction> tipWithParentAccumulator() throws StoreException {
        ChainSnapshot chain = conversation.chain().snapshot();
        if (chain.height().isGenesis()) {
            return Reaction.NONE;
        }
        Block tip = chain.tipBlock().block();
        return chain.asParent(tip.kernel().header().prevBlockDigest())
                .flatMap(parent -> parent.mutatorSetAfter())
                .map(set -> Reaction.send(
                        new PeerMessage.TipWithParentAccumulator(new BlockWithParentAccumulator(transfer(tip), set))))
                .orElse(Reaction.NONE);
    }
}
