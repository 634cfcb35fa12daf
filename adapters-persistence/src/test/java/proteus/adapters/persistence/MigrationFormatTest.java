package proteus.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.port.Carrier;
import proteus.application.port.Counterpart;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerKey;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/** The bytes of docs/peer-store.md for the migration, written by hand: what is on disks must stay readable. */
final class MigrationFormatTest {

    private static final Instant TIME = Instant.ofEpochSecond(0x0102, 3);
    private static final String TIME_BYTES = "0000000000000102 00000003";
    private static final PeerAddress ADDRESS = new PeerAddress(new IpAddress.V4(0x0A000001), 9798);
    private static final String ADDRESS_BYTES = "04 0a000001 2646";
    private static final PeerId ID = PeerId.parse(hex("00 02 0a0b")).orElseThrow();
    private static final String ID_BYTES = "04 00 02 0a0b";

    private final CounterpartFormat counterparts = new CounterpartFormat();

    static Stream<Known> known() {
        return Stream.of(
                new Known(
                        new JournalEntry.StageChanged(
                                TIME, new Rollout(Stage.DUAL, 100), new Rollout(Stage.MIGRATE, 25), "me"),
                        "00" + TIME_BYTES + "01 64 02 19 0002 6d65"),
                new Known(
                        new JournalEntry.Moved(
                                TIME,
                                new PeerKey.OfPeerId(ID),
                                Stack.LIBP2P,
                                MoveOutcome.FELL_BACK,
                                Optional.of(Duration.ofNanos(2_345_678)),
                                "",
                                "é"),
                        "01" + TIME_BYTES + "00" + ID_BYTES + "01 07 01 0000000000000929 0000 0002 c3a9"),
                new Known(
                        new JournalEntry.Moved(
                                TIME,
                                new PeerKey.OfAddress(ADDRESS),
                                Stack.LEGACY,
                                MoveOutcome.SETTLED,
                                Optional.empty(),
                                "c",
                                ""),
                        "01" + TIME_BYTES + "01" + ADDRESS_BYTES + "00 00 00 0001 63 0000"));
    }

    record Known(JournalEntry entry, String bytes) {}

    @ParameterizedTest
    @MethodSource("known")
    void anEntryIsItsFields(Known known) throws IOException {
        assertThat(RecordBytes.ofKey(out -> JournalFormat.write(known.entry(), out)))
                .isEqualTo(hex(known.bytes()));
        assertThat(RecordBytes.ofKey(out -> JournalFormat.write(JournalFormat.readEntry(in(known.bytes())), out)))
                .isEqualTo(hex(known.bytes()));
    }

    @Test
    void aCounterpartIsItsTimeAndWhereItWasReached() throws IOException {
        CounterpartFormat.Entry reached = new CounterpartFormat.Entry(
                Optional.of(new Counterpart.Reached(ADDRESS, Carrier.LIBP2P_QUIC, ID)), TIME);
        String bytes = TIME_BYTES + "01" + ADDRESS_BYTES + "02" + ID_BYTES;

        assertThat(RecordBytes.ofKey(out -> counterparts.writeKey(ADDRESS, out)))
                .isEqualTo(hex(ADDRESS_BYTES));
        assertThat(counterparts.readKey(in(ADDRESS_BYTES))).isEqualTo(ADDRESS);
        assertThat(RecordBytes.ofKey(out -> counterparts.writeValue(reached, out)))
                .isEqualTo(hex(bytes));
        assertThat(counterparts.readValue(in(bytes))).isEqualTo(reached);
    }

    @Test
    void anOldPeerIsItsTime() throws IOException {
        CounterpartFormat.Entry none = new CounterpartFormat.Entry(Optional.empty(), TIME);

        assertThat(RecordBytes.ofKey(out -> counterparts.writeValue(none, out))).isEqualTo(hex(TIME_BYTES + "00"));
        assertThat(counterparts.readValue(in(TIME_BYTES + "00"))).isEqualTo(none);
    }

    static Stream<String> malformedEntries() {
        String moved = "01" + TIME_BYTES + "01" + ADDRESS_BYTES;
        return Stream.of(
                "",
                "02" + TIME_BYTES + "01 64 02 19 0000",
                "00" + TIME_BYTES + "04 64 02 19 0000",
                "00" + TIME_BYTES + "01 65 02 19 0000",
                "00" + TIME_BYTES + "01 64 02 19 ffff 6d65",
                "00" + TIME_BYTES + "01 64 02 19 01f5" + "61".repeat(501),
                "01" + TIME_BYTES + "02" + ADDRESS_BYTES + "00 00 00 0000 0000",
                "01" + TIME_BYTES + "00 ff 00 02 0a0b 00 00 00 0000 0000",
                "01" + TIME_BYTES + "00 04 01 02 0a0b 00 00 00 0000 0000",
                moved + "02 00 00 0000 0000",
                moved + "00 09 00 0000 0000",
                moved + "00 00 02 0000 0000",
                moved + "00 00 01 0000 0000");
    }

    @ParameterizedTest
    @MethodSource("malformedEntries")
    void malformedEntriesAreNoticed(String bytes) {
        assertThatThrownBy(() -> JournalFormat.readEntry(in(bytes)))
                .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
    }

    @Test
    void malformedCounterpartsAreNoticed() {
        Stream.of(
                        TIME_BYTES,
                        TIME_BYTES + "02",
                        TIME_BYTES + "01" + ADDRESS_BYTES + "00" + ID_BYTES,
                        TIME_BYTES + "01" + ADDRESS_BYTES + "03" + ID_BYTES,
                        TIME_BYTES + "01" + ADDRESS_BYTES + "02 2d 00")
                .forEach(bytes -> assertThatThrownBy(() -> counterparts.readValue(in(bytes)))
                        .as(bytes)
                        .isInstanceOfAny(IOException.class, IllegalArgumentException.class));
    }

    private static DataInputStream in(String hex) {
        return new DataInputStream(new ByteArrayInputStream(hex(hex)));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(String.join("", Arrays.asList(digits.split(" "))));
    }
}
