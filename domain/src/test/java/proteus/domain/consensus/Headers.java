package proteus.domain.consensus;

import java.math.BigInteger;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockPow;
import proteus.domain.block.Difficulty;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.block.ProofOfWork;
import proteus.domain.hash.Digest;
import proteus.domain.transaction.Timestamp;

/**
 * A header that differs from another in some fields.
 *
 * @param header the header so far
 */
record Headers(BlockHeader header) {

    static Headers with(BlockHeader header) {
        return new Headers(header);
    }

    Headers version(long version) {
        return of(version, header.height(), header.prevBlockDigest(), header.timestamp(), header.pow());
    }

    Headers height(BlockHeight height) {
        return of(header.version(), height, header.prevBlockDigest(), header.timestamp(), header.pow());
    }

    Headers parent(Digest parent) {
        return of(header.version(), header.height(), parent, header.timestamp(), header.pow());
    }

    Headers timestamp(Timestamp timestamp) {
        return of(header.version(), header.height(), header.prevBlockDigest(), timestamp, header.pow());
    }

    Headers pow(BlockPow pow) {
        return of(header.version(), header.height(), header.prevBlockDigest(), header.timestamp(), pow);
    }

    Headers difficulty(long difficulty) {
        return last(
                header.cumulativeProofOfWork(),
                Difficulty.of(BigInteger.valueOf(difficulty)),
                header.guesserReceiverData());
    }

    Headers work(ProofOfWork work) {
        return last(work, header.difficulty(), header.guesserReceiverData());
    }

    Headers guesser(GuesserReceiverData guesser) {
        return last(header.cumulativeProofOfWork(), header.difficulty(), guesser);
    }

    private Headers of(long version, BlockHeight height, Digest parent, Timestamp timestamp, BlockPow pow) {
        return new Headers(new BlockHeader(
                version,
                height,
                parent,
                timestamp,
                pow,
                header.cumulativeProofOfWork(),
                header.difficulty(),
                header.guesserReceiverData()));
    }

    private Headers last(ProofOfWork work, Difficulty difficulty, GuesserReceiverData guesser) {
        return new Headers(new BlockHeader(
                header.version(),
                header.height(),
                header.prevBlockDigest(),
                header.timestamp(),
                header.pow(),
                work,
                difficulty,
                guesser));
    }
}
