package proteus.application.session;

import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;

/** Headers that differ from others in one thing. */
final class Headers {

    private Headers() {}

    static BlockHeader withParent(BlockHeader header, Digest parent) {
        return of(header, header.height(), parent);
    }

    static BlockHeader withHeight(BlockHeader header, BlockHeight height) {
        return of(header, height, header.prevBlockDigest());
    }

    private static BlockHeader of(BlockHeader header, BlockHeight height, Digest parent) {
        return new BlockHeader(
                header.version(),
                height,
                parent,
                header.timestamp(),
                header.pow(),
                header.cumulativeProofOfWork(),
                header.difficulty(),
                header.guesserReceiverData());
    }
}
