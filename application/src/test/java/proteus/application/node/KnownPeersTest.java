package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.contract.SeededRandomness;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerInfo;
import proteus.domain.peer.PeerListEntry;

final class KnownPeersTest {

    private static final InstanceId SELF = new InstanceId(0, 0);

    private final KnownPeers known = new KnownPeers(10, new SeededRandomness(1));

    private static PeerListEntry entry(int host) {
        return new PeerListEntry(Places.at(host), new InstanceId(0, host));
    }

    private static List<PeerListEntry> entries(int from, int to) {
        return IntStream.range(from, to).mapToObj(KnownPeersTest::entry).toList();
    }

    private void heard(int reporter, int... hosts) {
        known.heard(
                Places.at(reporter),
                false,
                IntStream.of(hosts).mapToObj(KnownPeersTest::entry).toList());
    }

    private void heardFromNamed(int reporter, int... hosts) {
        known.heard(
                Places.at(reporter),
                true,
                IntStream.of(hosts).mapToObj(KnownPeersTest::entry).toList());
    }

    private static PeerInfo connected(int host, long instance) {
        return new PeerInfo(
                PeerId.ofLegacy(Places.at(host)), new InstanceId(0, instance), Optional.of(Places.at(host)), true);
    }

    /** All that are ever chosen. */
    private Set<PeerAddress> choices(Collection<PeerInfo> connected, Collection<PeerAddress> listening) {
        return IntStream.range(0, 300)
                .mapToObj(_ -> known.candidate(SELF, connected, listening, _ -> true))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    private Set<PeerAddress> choices() {
        return choices(List.of(), List.of());
    }

    @Test
    void nobodyIsChosenWhenNobodyIsKnown() {
        assertThat(choices()).isEmpty();
    }

    @Test
    void anyOfTheFarthestMayBeChosen() {
        heardFromNamed(1, 10, 11);
        heard(10, 20, 21, 22);

        assertThat(choices()).containsExactlyInAnyOrder(Places.at(20), Places.at(21), Places.at(22));
    }

    @Test
    void whoDialledThisNodeIsAsNearAsWhoWasNamed() {
        heardFromNamed(1, 10);
        known.heard(new PeerAddress(Places.ip(2), 50_000), false, List.of(entry(11)));

        assertThat(choices()).containsExactlyInAnyOrder(Places.at(10), Places.at(11));
    }

    @Test
    void theFirstReportCounts() {
        heard(1, 10, 11);
        heard(10, 11, 12);
        heard(12, 10, 11);

        assertThat(choices()).containsExactly(Places.at(12));
        known.forget(Places.at(12));
        assertThat(choices()).containsExactlyInAnyOrder(Places.at(10), Places.at(11));
    }

    @Test
    void aNamedPeerIsNearWhateverOthersTellOfIt() {
        heard(1, 10);
        heard(10, 20);
        heardFromNamed(20, 30);

        // 20 is at 3; what it tells as a named one is at 2.
        assertThat(choices()).containsExactly(Places.at(20));
    }

    @Test
    void selfIsNotChosen() {
        known.heard(Places.at(1), false, List.of(new PeerListEntry(Places.at(10), SELF)));

        assertThat(choices()).isEmpty();
    }

    @Test
    void theConnectedAreNotChosenWhetherKnownByInstanceOrByAddress() {
        heard(1, 10, 11, 12);

        assertThat(choices(List.of(connected(40, 10)), List.of(Places.at(11)))).containsExactly(Places.at(12));
    }

    @Test
    void ipsThatAreNotConnectedComeFirstEvenIfTheyAreNearer() {
        heard(1, 10);
        heard(10, 20);

        assertThat(choices(List.of(connected(20, 99)), List.of())).containsExactly(Places.at(10));
    }

    @Test
    void ifAllIpsAreConnectedOneOfThemIsChosen() {
        heard(1, 10);

        assertThat(choices(List.of(connected(10, 99)), List.of())).containsExactly(Places.at(10));
    }

    @Test
    void whoIsNotAllowedIsNotChosen() {
        heard(1, 10, 11);

        for (int i = 0; i < 50; i++) {
            assertThat(known.candidate(SELF, List.of(), List.of(), ip -> !ip.equals(Places.ip(10))))
                    .contains(Places.at(11));
        }
    }

    @Test
    void localAddressesAndPortZeroAreNotRemembered() {
        IpAddress local = new IpAddress.V4(0x7F00_0001);
        IpAddress mappedLocal = new IpAddress.V6(0, 0xFFFF_0A00_0001L);
        known.heard(
                Places.at(1),
                false,
                List.of(
                        new PeerListEntry(new PeerAddress(local, 9798), new InstanceId(0, 1)),
                        new PeerListEntry(new PeerAddress(mappedLocal, 9798), new InstanceId(0, 2)),
                        new PeerListEntry(new PeerAddress(Places.ip(3), 0), new InstanceId(0, 3))));

        assertThat(known.size()).isZero();
    }

    @Test
    void mappedAddressesAreOneWithPlainOnes() {
        heard(1, 10);
        known.heard(
                Places.at(1),
                false,
                List.of(new PeerListEntry(
                        new PeerAddress(new IpAddress.V6(0, 0xFFFF_0800_000AL), Places.PORT), new InstanceId(0, 77))));

        assertThat(known.size()).isEqualTo(1);
    }

    @Test
    void ofOneListTenAreRemembered() {
        known.heard(Places.at(1), false, entries(10, 30));

        assertThat(known.size()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10})
    void twentyForEachPlaceAreRememberedAndARandomOneMakesRoom(int places) {
        KnownPeers small = new KnownPeers(places, new SeededRandomness(2));
        for (int from = 100; from < 1100; from += 10) {
            small.heard(Places.at(1), false, entries(from, from + 10));
        }

        assertThat(small.size()).isEqualTo(Math.max(1, 20 * places));
    }
}
