package proteus.application.request;

import java.time.Duration;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;

/** What peers announce and can then be asked for. */
public sealed interface AnnouncedObject {

    /** How long a request for it counts as pending. */
    Duration requestTimeout();

    /**
     * A block.
     *
     * @param hash its hash, as announced
     * @param height its height, as announced
     */
    record Block(Digest hash, BlockHeight height) implements AnnouncedObject {

        @Override
        public Duration requestTimeout() {
            return PendingRequests.BLOCK_REQUEST_TIMEOUT;
        }
    }

    /**
     * A block proposal.
     *
     * @param bodyHash the MAST hash of its body
     */
    record BlockProposal(Digest bodyHash) implements AnnouncedObject {

        @Override
        public Duration requestTimeout() {
            return PendingRequests.BLOCK_REQUEST_TIMEOUT;
        }
    }
}
