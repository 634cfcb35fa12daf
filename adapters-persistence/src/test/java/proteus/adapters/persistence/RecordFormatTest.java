package proteus.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.port.Carrier;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerStanding;
import proteus.domain.peer.PeerStanding.Punishment;
import proteus.domain.peer.PeerStanding.Reward;
import proteus.domain.peer.PositivePeerSanction;

/** The bytes of docs/peer-store.md, written by hand: what is on disks must stay readable. */
final class RecordFormatTest {

    private static final Instant TIME = Instant.ofEpochSecond(0x0102, 3);
    private static final String TIME_BYTES = "0000000000000102 00000003";
    private static final Digest DIGEST = new Digest(1, 2, 3, 4, 5);

    @Test
    void keysAreAddresses() throws IOException {
        IpAddress v4 = new IpAddress.V4(0x0A000001);
        IpAddress v6 = new IpAddress.V6(0x2001_0DB8_0000_0000L, 1);
        AddressFormat addresses = new AddressFormat();

        assertThat(bytes(out -> new BanFormat().writeKey(v4, out))).isEqualTo(hex("04 0a000001"));
        assertThat(bytes(out -> new StandingFormat().writeKey(v6, out)))
                .isEqualTo(hex("06 20010db8000000000000000000000001"));
        assertThat(bytes(out -> addresses.writeKey(new PeerAddress(v4, 0xFFFE), out)))
                .isEqualTo(hex("04 0a000001 fffe"));
        assertThat(addresses.readKey(in("04 0a000001 fffe"))).isEqualTo(new PeerAddress(v4, 0xFFFE));
    }

    @Test
    void aBanIsItsTime() throws IOException {
        assertThat(bytes(out -> new BanFormat().writeValue(TIME, out))).isEqualTo(hex(TIME_BYTES));
        assertThat(new BanFormat().readValue(in(TIME_BYTES))).isEqualTo(TIME);
    }

    @Test
    void anAddressBookEntryIsCarrierTimesAndFailures() throws IOException {
        AddressFormat.Entry entry = new AddressFormat.Entry(Carrier.LIBP2P_QUIC, TIME, TIME, 7);
        String bytes = "02" + TIME_BYTES + TIME_BYTES + "00000007";

        assertThat(bytes(out -> new AddressFormat().writeValue(entry, out))).isEqualTo(hex(bytes));
        assertThat(new AddressFormat().readValue(in(bytes))).isEqualTo(entry);
    }

    @Test
    void aStandingIsScoreToleranceAndLatestSanctions() throws IOException {
        PeerStanding standing = new PeerStanding(
                -2,
                Optional.of(new Punishment(
                        new NegativePeerSanction.ForkResolutionError(new BlockHeight(9), 2, DIGEST), TIME)),
                Optional.of(new Reward(new PositivePeerSanction.ValidBlocks(6), TIME)),
                1000);
        String bytes = "fffffffe 000003e8"
                + "01" + TIME_BYTES + "0013 466f726b5265736f6c7574696f6e4572726f72 0034 0000000000000009 00000002"
                + "0000000000000001 0000000000000002 0000000000000003 0000000000000004 0000000000000005"
                + "01" + TIME_BYTES + "000b 56616c6964426c6f636b73 0004 00000006";

        assertThat(bytes(out -> new StandingFormat().writeValue(standing, out))).isEqualTo(hex(bytes));
        assertThat(new StandingFormat().readValue(in(bytes))).isEqualTo(standing);
    }

    @Test
    void aSanctionOfAnotherVersionLeavesTheRestReadable() throws IOException {
        String bytes = "fffffffe 000003e8"
                + "01" + TIME_BYTES + "0005 4c61746572 0003 aabbcc"
                + "01" + TIME_BYTES + "0005 4c61746572 0000";

        PeerStanding read = new StandingFormat().readValue(in(bytes));

        assertThat(read.score()).isEqualTo(-2);
        assertThat(read.latestPunishment())
                .contains(new Punishment(new NegativePeerSanction.NoStandingFoundMaybeCrash(), TIME));
        assertThat(read.latestReward()).isEmpty();
    }

    static Stream<NegativePeerSanction> everyPunishment() {
        Stream<NegativePeerSanction> withParameters = Stream.of(
                new NegativePeerSanction.InvalidBlock(new BlockHeight(1), DIGEST),
                new NegativePeerSanction.ForkResolutionError(new BlockHeight(2), 3, DIGEST),
                new NegativePeerSanction.ArchivalMutatorSetRequest(Long.MAX_VALUE));
        return Stream.concat(withParameters, SanctionNames.withoutParameters().values().stream());
    }

    @ParameterizedTest
    @MethodSource("everyPunishment")
    void aPunishmentIsStoredUnderItsNameAndComesBack(NegativePeerSanction sanction) throws IOException {
        byte[] bytes = bytes(out -> SanctionFormat.write(sanction, out));

        assertThat(SanctionFormat.readNegative(new DataInputStream(new ByteArrayInputStream(bytes))))
                .contains(sanction);
        assertThat(SanctionNames.name(sanction)).isEqualTo(sanction.getClass().getSimpleName());
    }

    @Test
    void noPunishmentIsLeftOut() {
        assertThat(everyPunishment().<Object>map(Object::getClass))
                .containsExactlyInAnyOrder((Object[]) NegativePeerSanction.class.getPermittedSubclasses());
    }

    @Test
    void rewardsComeBack() throws IOException {
        for (PositivePeerSanction sanction : new PositivePeerSanction[] {
            new PositivePeerSanction.ValidBlocks(0), new PositivePeerSanction.NewBlockProposal()
        }) {
            byte[] bytes = bytes(out -> SanctionFormat.write(sanction, out));

            assertThat(SanctionFormat.readPositive(new DataInputStream(new ByteArrayInputStream(bytes))))
                    .contains(sanction);
        }
    }

    static Stream<String> malformedStandings() {
        return Stream.of(
                "00000001",
                "00000001 000003e8 02",
                "00000001 000003e8 01 0000000000000102 3b9aca00 0005 4c61746572 0000 00",
                "00000001 000003e8 01 7fffffffffffffff 00000000 0005 4c61746572 0000 00",
                "00000001 000003e8 01" + TIME_BYTES + "0005 4c61746572 ffff 00",
                "00000001 000003e8 01" + TIME_BYTES + "000e 496e76616c69644d657373616765 0001 00 00",
                "00000001 000003e8 01" + TIME_BYTES + "000c 496e76616c6964426c6f636b 0001 00 00",
                "000003e9 000003e8 00 00",
                "00000000 00000000 00 00");
    }

    @ParameterizedTest
    @MethodSource("malformedStandings")
    void malformedStandingsAreNoticed(String bytes) {
        assertThatThrownBy(() -> new StandingFormat().readValue(in(bytes)))
                .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
    }

    @Test
    void malformedAddressesAreNoticed() {
        assertThatThrownBy(() -> new BanFormat().readKey(in("05 0a000001"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new BanFormat().readKey(in("06 0a000001"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new AddressFormat().readValue(in("03" + TIME_BYTES + TIME_BYTES + "00000007")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new AddressFormat().readValue(in("01" + TIME_BYTES + TIME_BYTES + "ffffffff")))
                .isInstanceOf(IOException.class);
    }

    private interface Writer {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writer writer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DataInputStream in(String hex) {
        return new DataInputStream(new ByteArrayInputStream(hex(hex)));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(String.join("", Arrays.asList(digits.split(" "))));
    }
}
