package proteus.application.chain;

import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.HeaderToBlockHashWitness;
import proteus.domain.hash.Digest;
import proteus.domain.peer.PeerBlockNotification;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.VersionGate;

/**
 * The last block of the chain as of one moment.
 *
 * @param header its header
 * @param digest its hash
 * @param witness what the header lacks to give that hash
 */
public record ChainTip(BlockHeader header, Digest digest, HeaderToBlockHashWitness witness) {

    /** The announcement of this block in the one form that a peer of this version may be sent. */
    public PeerMessage announcementFor(VersionGate peer) {
        if (peer.expectsPowWitness()) {
            return new PeerMessage.BlockNotificationWithPowWitness(
                    new BlockHeaderWithBlockHashWitness(header, witness));
        }
        return new PeerMessage.BlockNotification(
                new PeerBlockNotification(digest, header.height(), header.cumulativeProofOfWork()));
    }
}
