package proteus.application.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockPow;
import proteus.domain.block.Difficulty;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.block.ProofOfWork;
import proteus.domain.field.BFieldElement;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.ArchivalMutatorSetFrame;
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
import proteus.domain.peer.PeerTime;
import proteus.domain.peer.TransferConnectionStatus;
import proteus.domain.peer.TransferSyncBitMask;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransactionKernelId;
import proteus.domain.transaction.TransactionProofQuality;

/** The bytes that the wire reference spells out, sections 2.3, 3.3, 3.4, 4.4, 7 and 11. */
class WireReferenceTest {

    private static final Digest D0 = Digest.ZERO;
    private static final BlockHeight HEIGHT = new BlockHeight(55_001);
    private static final NativeCurrencyAmount COIN =
            NativeCurrencyAmount.ofUnits(new BigInteger("4000000000000000000000000000000"));

    static List<Arguments> messages() {
        return List.of(
                Arguments.of(new PeerMessage.Bye(), "13"),
                Arguments.of(new PeerMessage.BlockRequestByHeight(new BlockHeight(55_000)), "04 FB D8 D6"),
                Arguments.of(
                        new PeerMessage.BlockRequestByHash(new Digest(1, 250, 251, 65_536, 0xFFFF_FFFF_0000_0000L)),
                        "05 01 FA FB FB 00 FC 00 00 01 00 FD 00 00 00 00 FF FF FF FF"),
                Arguments.of(
                        new PeerMessage.BlockNotification(new PeerBlockNotification(
                                D0, HEIGHT, new ProofOfWork(U32Sequence.of(1, 2, 3, 0, 0, 0)))),
                        "03 00 00 00 00 00 FB D9 D6 01 02 03 00 00 00"),
                Arguments.of(
                        new PeerMessage.BlockProposalNotification(D0, COIN, HEIGHT),
                        "0B 00 00 00 00 00 FE 00 00 00 00 52 6F A7 33 82 E6 64 F9 64 00 00 00 FB D9 D6"),
                Arguments.of(
                        new PeerMessage.TransactionNotification(
                                new TransactionKernelId(D0),
                                D0,
                                TransactionProofQuality.SINGLE_PROOF,
                                NativeCurrencyAmount.ZERO,
                                2,
                                3),
                        "0F 00 00 00 00 00 00 00 00 00 00 01 00 02 03"),
                Arguments.of(new PeerMessage.ConnectionStatus(new TransferConnectionStatus.Accepted()), "14 01"),
                Arguments.of(refused(new ConnectionRefusedReason.MaxPeerNumberExceeded()), "14 00 03"),
                Arguments.of(refused(new ConnectionRefusedReason.Other(0)), "14 00 05 00"),
                Arguments.of(peerList(new IpAddress.V4(0xCB007107)), "12 01 00 CB 00 71 07 FB 46 26 01"),
                Arguments.of(
                        peerList(new IpAddress.V6(0x20010DB800000000L, 1)),
                        "12 01 01 20 01 0D B8 00 00 00 00 00 00 00 00 00 00 00 01 FB 46 26 01"),
                Arguments.of(
                        new PeerMessage.SyncCoverage(new TransferSyncBitMask(40, 70, U32Sequence.of(255, 1))),
                        "15 28 46 02 FB FF 00 01"),
                Arguments.of(
                        new PeerMessage.ArchivalMutatorSet(new ArchivalMutatorSetFrame(
                                D0, 300, 0, ByteSequence.of((byte) 0, (byte) 0xFA, (byte) 0xFB, (byte) 0xFF))),
                        "1F 00 00 00 00 00 FB 2C 01 00 04 00 FA FB FF"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageHasTheBytesThatTheReferenceSpellsOut(PeerMessage message, String hex)
            throws MalformedMessageException {
        assertThat(PeerMessageCodec.encode(message)).isEqualTo(bytes(hex));
        assertThat(PeerMessageCodec.decode(bytes(hex))).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "250, FA, FA 00 00 00 00 00 00 00",
        "251, FB FB 00, FB 00 00 00 00 00 00 00",
        "65535, FB FF FF, FF FF 00 00 00 00 00 00",
        "65536, FC 00 00 01 00, 00 00 01 00 00 00 00 00",
        "4294967295, FC FF FF FF FF, FF FF FF FF 00 00 00 00",
        "4294967296, FD 00 00 00 00 01 00 00 00, 00 00 00 00 01 00 00 00",
        "-1, FD FF FF FF FF FF FF FF FF, FF FF FF FF FF FF FF FF"
    })
    void anUnsignedIntegerHasItsShortestFormOrItsFullWidth(long bits, String variable, String fixed)
            throws MalformedMessageException {
        assertThat(written(IntegerWidth.VARIABLE, out -> out.u64(bits))).isEqualTo(bytes(variable));
        assertThat(written(IntegerWidth.FIXED, out -> out.u64(bits))).isEqualTo(bytes(fixed));
        assertThat(reader(variable, IntegerWidth.VARIABLE).u64()).isEqualTo(bits);
        assertThat(reader(fixed, IntegerWidth.FIXED).u64()).isEqualTo(bits);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 01, FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF",
        "1, 02, 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
        "-126, FB FB 00, 82 FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF",
        "125, FA, 7D 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
        "126, FB FC 00, 7E 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
        "-170141183460469231731687303715884105728, FE FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF,"
                + " 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 80",
        "-4000000000000000000000000000000, FE FF FF FF FF 51 6F A7 33 82 E6 64 F9 64 00 00 00,"
                + " 00 00 00 00 57 48 2C E6 BE 8C 4D 83 CD FF FF FF"
    })
    void anAmountIsZigzagOrTwosComplement(String units, String variable, String fixed)
            throws MalformedMessageException {
        NativeCurrencyAmount amount = NativeCurrencyAmount.ofUnits(new BigInteger(units));

        assertThat(written(IntegerWidth.VARIABLE, out -> TransactionCodec.write(out, amount)))
                .isEqualTo(bytes(variable));
        assertThat(written(IntegerWidth.FIXED, out -> TransactionCodec.write(out, amount)))
                .isEqualTo(bytes(fixed));
        assertThat(TransactionCodec.readAmount(reader(variable, IntegerWidth.VARIABLE)))
                .isEqualTo(amount);
        assertThat(TransactionCodec.readAmount(reader(fixed, IntegerWidth.FIXED)))
                .isEqualTo(amount);
    }

    @ParameterizedTest
    @CsvSource({
        "0, -1, FD FF FF FF FF FF FF FF FF, FF FF FF FF FF FF FF FF 00 00 00 00 00 00 00 00",
        "1, 0, FE 00 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00, 00 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00"
    })
    void aWideIntegerHasItsShortestFormOrItsFullWidth(long high, long low, String variable, String fixed)
            throws MalformedMessageException {
        U128 value = new U128(high, low);

        assertThat(written(IntegerWidth.VARIABLE, out -> out.u128(value))).isEqualTo(bytes(variable));
        assertThat(written(IntegerWidth.FIXED, out -> out.u128(value))).isEqualTo(bytes(fixed));
        assertThat(reader(variable, IntegerWidth.VARIABLE).u128()).isEqualTo(value);
        assertThat(reader(fixed, IntegerWidth.FIXED).u128()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"FB 05 00", "FC 05 00 00 00", "FD 05 00 00 00 00 00 00 00", "05"})
    void integersLongerThanTheyNeedToBeAreRead(String hex) throws MalformedMessageException {
        assertThat(reader(hex, IntegerWidth.VARIABLE).u16()).isEqualTo(5);
        assertThat(reader(hex, IntegerWidth.VARIABLE).u32()).isEqualTo(5);
        assertThat(reader(hex, IntegerWidth.VARIABLE).u64()).isEqualTo(5);
        assertThat(reader(hex, IntegerWidth.VARIABLE).u128()).isEqualTo(new U128(0, 5));
    }

    @ParameterizedTest
    @CsvSource({"FD 01 00 00 00 FF FF FF FF, 0", "FD FF FF FF FF FF FF FF FF, 4294967294"})
    void fieldElementsAreReduced(String hex, long canonical) throws MalformedMessageException {
        assertThat(reader(hex, IntegerWidth.VARIABLE).fieldElement()).isEqualTo(canonical);
    }

    @Test
    void aHandshakeHasTheBytesThatTheReferenceSpellsOut() throws MalformedMessageException {
        String hex = "00 37 42 38 41 42 37 46 43 34 33 38 46 34 31 31" + " 00".repeat(329)
                + " 01 FB 46 26 00 FE 10 0F 0E 0D 0C 0B 0A 09 08 07 06 05 04 03 02 01 06 30 2E 31 39 2E 34"
                + " 01 00 FC 80 3B B1 6A FC 15 CD 5B 07 02 31 4B";
        PeerMessage message = new PeerMessage.Handshake(MagicValue.REQUEST, exampleHandshake());

        assertThat(bytes(hex)).hasSize(389);
        assertThat(PeerMessageCodec.encode(message)).isEqualTo(bytes(hex));
        assertThat(PeerMessageCodec.decode(bytes(hex))).isEqualTo(message);
    }

    @Test
    void aHandshakeRecordHasTheBytesThatTheReferenceSpellsOut() throws MalformedMessageException {
        String hex = "00 ".repeat(2588) + "01 46 26 00 00 00 00 10 0F 0E 0D 0C 0B 0A 09 08 07 06 05 04 03 02 01"
                + " 06 00 00 00 00 00 00 00 30 2E 31 39 2E 34 01 00 80 3B B1 6A 00 00 00 00 15 CD 5B 07"
                + " 02 00 00 00 00 00 00 00 31 4B";

        assertThat(bytes(hex)).hasSize(2649);
        assertThat(HandshakeRecordCodec.encode(exampleHandshake())).isEqualTo(bytes(hex));
        assertThat(HandshakeRecordCodec.decode(bytes(hex))).isEqualTo(exampleHandshake());
    }

    @Test
    void bytesAfterAHandshakeRecordAreIgnored() throws MalformedMessageException {
        byte[] record = HandshakeRecordCodec.encode(exampleHandshake());
        byte[] longer = Arrays.copyOf(record, record.length + 7);

        assertThat(HandshakeRecordCodec.decode(longer)).isEqualTo(exampleHandshake());
    }

    static Stream<Arguments> sizes() {
        BlockHeader zero = header(0, 0);
        BlockHeader full = header(BFieldElement.P - 1, -1);
        HandshakeData largest = new HandshakeData(
                full,
                Optional.of(65_535),
                new Network.Testnet(255),
                new InstanceId(-1, -1),
                "x".repeat(30),
                true,
                true,
                new PeerTime(Long.MAX_VALUE, 999_999_999),
                "x".repeat(255));
        return Stream.of(
                Arguments.of(BincodeForm.BLOCK_HEADER, zero, 329, 2588),
                Arguments.of(BincodeForm.BLOCK_HEADER, full, 2917, 2588),
                Arguments.of(BincodeForm.HANDSHAKE_DATA, exampleHandshake(), 373, 2649),
                Arguments.of(BincodeForm.HANDSHAKE_DATA, largest, 3245, 2927));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    <T> void aValueHasTheSizesThatTheReferenceGives(BincodeForm<T> form, T value, int variable, int fixed) {
        assertThat(form.encode(value, IntegerWidth.VARIABLE)).hasSize(variable);
        assertThat(form.encode(value, IntegerWidth.FIXED)).hasSize(fixed);
    }

    @ParameterizedTest
    @CsvSource({
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaé, aaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaé, aaaaaaaaaaaaaaaaaaaaaaaaaaaaé",
        "日日日日日日日日日日日, 日日日日日日日日日日"
    })
    void aVersionThatIsTooLongIsCutAtACharacter(String sent, String read) throws MalformedMessageException {
        byte[] bytes = written(IntegerWidth.VARIABLE, out -> out.string(sent));
        BincodeReader in = new BincodeReader(bytes, 0, bytes.length, IntegerWidth.VARIABLE);

        assertThat(in.string(30)).isEqualTo(read);
        in.finish();
    }

    @Test
    void nanosecondsOfASecondAndMoreAreAddedToTheSeconds() throws MalformedMessageException {
        byte[] record = HandshakeRecordCodec.encode(exampleHandshake());
        int nanosAt = record.length - 10 - 4;
        for (int i = 0; i < 4; i++) {
            record[nanosAt + i] = -1;
        }

        PeerTime time = HandshakeRecordCodec.decode(record).timestamp();

        assertThat(time).isEqualTo(new PeerTime(1_790_000_004, 294_967_295));
    }

    private static HandshakeData exampleHandshake() {
        return new HandshakeData(
                header(0, 0),
                Optional.of(9798),
                new Network.Main(),
                new InstanceId(0x0102030405060708L, 0x090A0B0C0D0E0F10L),
                "0.19.4",
                true,
                false,
                new PeerTime(1_790_000_000, 123_456_789),
                "1K");
    }

    private static BlockHeader header(long element, int word) {
        Digest digest = new Digest(element, element, element, element, element);
        List<Digest> path = Collections.nCopies(29, digest);
        return new BlockHeader(
                element,
                new BlockHeight(element),
                digest,
                new Timestamp(element),
                new BlockPow(digest, path, path, digest),
                new ProofOfWork(U32Sequence.of(word, word, word, word, word, word)),
                new Difficulty(U32Sequence.of(word, word, word, word, word)),
                new GuesserReceiverData(digest, digest));
    }

    private static PeerMessage refused(ConnectionRefusedReason reason) {
        return new PeerMessage.ConnectionStatus(new TransferConnectionStatus.Refused(reason));
    }

    private static PeerMessage peerList(IpAddress ip) {
        return new PeerMessage.PeerListResponse(
                List.of(new PeerListEntry(new PeerAddress(ip, 9798), new InstanceId(0, 1))));
    }

    private static byte[] written(IntegerWidth width, Consumer<BincodeWriter> what) {
        BincodeWriter out = new BincodeWriter(width, PeerMessageCodec.MAX_BYTES);
        what.accept(out);
        return out.toByteArray();
    }

    private static BincodeReader reader(String hex, IntegerWidth width) {
        byte[] bytes = bytes(hex);
        return new BincodeReader(bytes, 0, bytes.length, width);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
