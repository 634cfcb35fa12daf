package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockPow;
import proteus.domain.block.Difficulty;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.block.ProofOfWork;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.transaction.Timestamp;

class PeerValuesTest {

    @ParameterizedTest
    @CsvSource({"0, HANDSHAKE", "7, BLOCK_RESPONSE_BATCH", "19, BYE", "32, BLOCK_PROPOSAL_NOTIFICATION_REQUEST"})
    void aKindHasTheIndexThatTheWireGivesIt(int index, PeerMessageKind kind) {
        assertThat(PeerMessageKind.fromIndex(index)).contains(kind);
        assertThat(kind.index()).isEqualTo(index);
    }

    @Test
    void everyKindIsFoundByItsIndexAndItsName() {
        assertThat(PeerMessageKind.values()).hasSize(33);
        for (PeerMessageKind kind : PeerMessageKind.values()) {
            assertThat(PeerMessageKind.fromIndex(kind.index())).contains(kind);
            assertThat(PeerMessageKind.fromUpstreamName(kind.upstreamName())).contains(kind);
            assertThat(kind.name().replace("_", "")).isEqualToIgnoringCase(kind.upstreamName());
        }
    }

    @Test
    void noOtherIndexOrNameIsAKind() {
        assertThat(PeerMessageKind.fromIndex(-1)).isEmpty();
        assertThat(PeerMessageKind.fromIndex(33)).isEmpty();
        assertThat(PeerMessageKind.fromIndex(1L << 32)).isEmpty();
        assertThat(PeerMessageKind.fromUpstreamName("bye")).isEmpty();
    }

    @Test
    void anInstanceIdIsOneUnsignedNumber() {
        InstanceId id = new InstanceId(0x0102030405060708L, 0x090A0B0C0D0E0F10L);

        assertThat(id).hasToString("0102030405060708090a0b0c0d0e0f10");
        assertThat(id.toDecimal()).isEqualTo("1339673755198158349044581307228491536");
        assertThat(new InstanceId(-1, -1).toDecimal()).isEqualTo("340282366920938463463374607431768211455");
    }

    @Test
    void theMagicValuesAreUpstreams() {
        assertThat(new String(MagicValue.REQUEST.bytes().toArray(), StandardCharsets.US_ASCII))
                .isEqualTo("7B8AB7FC438F411");
        assertThat(MagicValue.RESPONSE.bytes()).hasToString("48656c6c6f204e657074756e65210a");
        assertThatIllegalArgumentException().isThrownBy(() -> new MagicValue(ByteSequence.of(new byte[16])));
    }

    @Test
    void bytesAreCopiedAndAFrameOfThemIsShownByItsBeginning() {
        byte[] source = new byte[17];
        ByteSequence bytes = ByteSequence.of(source);

        source[0] = 1;
        bytes.toArray()[1] = 1;

        assertThat(bytes).isEqualTo(ByteSequence.of(new byte[17]));
        assertThat(bytes).hasToString("00000000000000000000000000000000… 17 bytes");
    }

    @Test
    void textsMayFillTheirCapacityInBytes() {
        HandshakeData data = handshake("é".repeat(15), "\uD83D\uDE00".repeat(63) + "abc");

        assertThat(data.version().getBytes(StandardCharsets.UTF_8)).hasSize(30);
        assertThat(data.extraData().getBytes(StandardCharsets.UTF_8)).hasSize(255);
    }

    @Test
    void textsThatDoNotFitOrHaveNoUtf8AreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> handshake("é".repeat(15) + "a", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> handshake("", "\uD83D\uDE00".repeat(64)));
        assertThatIllegalArgumentException().isThrownBy(() -> handshake("\uD83D", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> handshake("", "\uDE00a"));
    }

    @Test
    void aSyncChallengeHasTenHeights() {
        List<BlockHeight> nine = Collections.nCopies(9, BlockHeight.GENESIS);

        assertThatIllegalArgumentException().isThrownBy(() -> new PeerMessage.SyncChallenge(Digest.ZERO, nine));
    }

    @Test
    void codesAndPortsOutsideTheirTypeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ConnectionRefusedReason.Other(256));
        assertThatIllegalArgumentException().isThrownBy(() -> new ConnectionRefusedReason.Other(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> handshake(Optional.of(65_536), "", ""));
    }

    private static HandshakeData handshake(String version, String extraData) {
        return handshake(Optional.empty(), version, extraData);
    }

    private static HandshakeData handshake(Optional<Integer> port, String version, String extraData) {
        List<Digest> path = Collections.nCopies(29, Digest.ZERO);
        BlockHeader header = new BlockHeader(
                0,
                BlockHeight.GENESIS,
                Digest.ZERO,
                new Timestamp(0),
                new BlockPow(Digest.ZERO, path, path, Digest.ZERO),
                new ProofOfWork(U32Sequence.owning(new int[6])),
                new Difficulty(U32Sequence.owning(new int[5])),
                new GuesserReceiverData(Digest.ZERO, Digest.ZERO));
        return new HandshakeData(
                header,
                port,
                new Network.Main(),
                new InstanceId(0, 0),
                version,
                true,
                false,
                new PeerTime(0, 0),
                extraData);
    }
}
