package proteus.application.bridge;

import java.util.List;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.TransferBlock;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mmr.MmrMembershipProof;
import proteus.domain.peer.ArchivalMutatorSetFrame;
import proteus.domain.peer.AuthenticatedBlock;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.SyncBlockPair;
import proteus.domain.peer.TransferSyncBitMask;

/** What nodes exchange while one of them catches up. */
public sealed interface SyncFrame extends Libp2pMessage {

    /**
     * Asks for the blocks that follow one that both sides know.
     *
     * @param known blocks that the sender has, most preferred first
     * @param mostBlocks the most that it wants, unsigned
     * @param anchor what the answer has to be authenticated against
     */
    record BatchRequest(List<Digest> known, long mostBlocks, MmrAccumulator anchor) implements SyncFrame {
        public BatchRequest {
            known = List.copyOf(known);
        }
    }

    /**
     * Such blocks.
     *
     * @param blocks consecutive ones
     */
    record Batch(List<AuthenticatedBlock> blocks) implements SyncFrame {
        public Batch {
            blocks = List.copyOf(blocks);
        }
    }

    /** Declines a request for a batch or for a validated block. */
    record Declined() implements SyncFrame {}

    /**
     * Asks a peer to show that it has the chain that it claims.
     *
     * @param tip the claimed tip
     * @param heights exactly {@value PeerMessage.SyncChallenge#SIZE}, which may repeat
     */
    record Challenge(Digest tip, List<BlockHeight> heights) implements SyncFrame {
        public Challenge {
            heights = List.copyOf(heights);
        }
    }

    /**
     * Shows it. Each list has exactly {@value PeerMessage.SyncChallenge#SIZE} elements.
     *
     * @param blocks the challenged blocks, each with its parent
     * @param proofs in the same order, relative to the range with the tip appended
     * @param tipParent the tip's parent
     * @param tip the tip
     * @param headers the last headers, tip first, then backwards
     */
    record ChallengeAnswer(
            List<SyncBlockPair> blocks,
            List<MmrMembershipProof> proofs,
            TransferBlock tipParent,
            TransferBlock tip,
            List<BlockHeaderWithBlockHashWitness> headers)
            implements SyncFrame {
        public ChallengeAnswer {
            blocks = List.copyOf(blocks);
            proofs = List.copyOf(proofs);
            headers = List.copyOf(headers);
        }
    }

    /**
     * Which blocks the sender has.
     *
     * @param coverage those blocks
     */
    record Coverage(TransferSyncBitMask coverage) implements SyncFrame {}

    /**
     * Asks for the canonical block at a height, authenticated.
     *
     * @param height that height
     * @param anchor what the answer has to be authenticated against
     */
    record ValidatedRequest(BlockHeight height, MmrAccumulator anchor) implements SyncFrame {}

    /**
     * That block.
     *
     * @param block it and its proof
     */
    record Validated(AuthenticatedBlock block) implements SyncFrame {}

    /**
     * Asks for a piece of the archival mutator set, showing work done for it.
     *
     * @param block the block after which to take the set
     * @param nonce the work
     * @param offset where the piece begins, in bytes, unsigned
     */
    record SetRequest(Digest block, Digest nonce, long offset) implements SyncFrame {}

    /**
     * That piece.
     *
     * @param piece it and where it belongs
     */
    record SetPiece(ArchivalMutatorSetFrame piece) implements SyncFrame {}
}
