package proteus.application.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.samples.RandomBlocks;
import proteus.application.samples.RandomPeerMessages;
import proteus.domain.block.Block;
import proteus.domain.block.TransferBlock;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;
import proteus.domain.transaction.TransactionKernel;

class RoundTripPropertyTest {

    private static final int MESSAGES_PER_KIND = 40;

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest
    @EnumSource
    void everyMessageThatIsWrittenIsReadAgain(PeerMessageKind kind) throws MalformedMessageException {
        for (long seed = 0; seed < MESSAGES_PER_KIND; seed++) {
            PeerMessage message = new RandomPeerMessages(random(seed)).next(kind);

            byte[] bytes = PeerMessageCodec.encode(message);

            assertThat(PeerMessageCodec.decode(bytes)).as("seed %d", seed).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void blocksAndHandshakesAreReadAgainInBothWidths(long seed) throws MalformedMessageException {
        RandomBlocks blocks = new RandomBlocks(random(seed));
        TransferBlock transferBlock = blocks.transferBlock();
        Block block = blocks.block();
        TransactionKernel kernel = blocks.transactionKernel();
        HandshakeData handshake = new RandomPeerMessages(random(seed)).handshakeData();

        for (IntegerWidth width : IntegerWidth.values()) {
            assertThat(again(BincodeForm.TRANSFER_BLOCK, transferBlock, width)).isEqualTo(transferBlock);
            assertThat(again(BincodeForm.BLOCK, block, width)).isEqualTo(block);
            assertThat(again(BincodeForm.TRANSACTION_KERNEL, kernel, width)).isEqualTo(kernel);
            assertThat(again(BincodeForm.HANDSHAKE_DATA, handshake, width)).isEqualTo(handshake);
        }
    }

    private static <T> T again(BincodeForm<T> form, T value, IntegerWidth width) throws MalformedMessageException {
        return form.decode(form.encode(value, width), width);
    }

    private static RandomGenerator random(long seed) {
        return new Random(seed);
    }
}
