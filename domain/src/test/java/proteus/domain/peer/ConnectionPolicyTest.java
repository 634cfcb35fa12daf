package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionPolicy.RefusalAfterHandshake;
import proteus.domain.peer.ConnectionPolicy.RefusalBeforeHandshake;

class ConnectionPolicyTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final PeerAddress ADDRESS =
            PeerAddress.parse("203.0.113.7:9798").orElseThrow();
    private static final PeerAddress MAPPED =
            PeerAddress.parse("[::ffff:203.0.113.7]:9798").orElseThrow();
    private static final HandshakeData OWN = handshake(1, PeerTime.of(NOW));
    private static final HandshakeData THEIRS = handshake(2, PeerTime.of(NOW));
    private static final PeerStanding BAD =
            PeerStanding.neutral(1000).after(new NegativePeerSanction.DifferentGenesis(), NOW);
    private static final ConnectionPolicy DEFAULT = new ConnectionPolicy(ConnectionSettings.DEFAULT);

    @Test
    void theDefaultsAreTheReferences() {
        ConnectionSettings settings = ConnectionSettings.DEFAULT;

        assertThat(settings.maxNumPeers()).isEqualTo(10);
        assertThat(settings.maxConnectionsPerIp()).isEqualTo(4);
        assertThat(settings.peerTolerance()).isEqualTo(1000);
        assertThat(settings.handshakeTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.handshakePermits()).isEqualTo(24);
        assertThat(settings.maxBlocksServedPerMinute()).isEqualTo(1000);
        assertThat(settings.configuredPeers()).isEmpty();
        assertThat(settings.allowsIncoming()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, false, false", "10, true, false", "10, false, true", "0, true, true"})
    void incomingConnectionsAreDroppedUnreadWhenTheOperatorWantsNone(
            int maxNumPeers, boolean noIncoming, boolean restricted) {
        var settings = new ConnectionSettings(
                Set.of(ADDRESS), restricted, noIncoming, maxNumPeers, 4, 1000, Duration.ofSeconds(4), 1000);

        assertThat(new ConnectionPolicy(settings).beforeHandshake(ADDRESS.ip(), node(List.of())))
                .contains(RefusalBeforeHandshake.INCOMING_DISALLOWED);
    }

    @Test
    void withoutPlacesTheConfiguredPeersHaveOneEachAndNobodyElseHas() {
        var settings = new ConnectionSettings(Set.of(ADDRESS), false, false, 0, 4, 1000, Duration.ofSeconds(4), 1000);
        var policy = new ConnectionPolicy(settings);
        PeerAddress elsewhere = new PeerAddress(new IpAddress.V4(0x01020304), 9798);
        PeerInfo named = new PeerInfo(PeerId.ofLegacy(ADDRESS), new InstanceId(0, 5), Optional.of(ADDRESS), false);
        PeerInfo stranger =
                new PeerInfo(PeerId.ofLegacy(elsewhere), new InstanceId(0, 6), Optional.of(elsewhere), false);

        assertThat(policy.afterHandshake(named, node(List.of()))).isEmpty();
        assertThat(policy.afterHandshake(stranger, node(List.of()))).contains(RefusalAfterHandshake.TOO_MANY_PEERS);
        assertThat(policy.afterHandshake(named, node(List.of(stranger))))
                .contains(RefusalAfterHandshake.TOO_MANY_PEERS);
    }

    @Test
    void aConfiguredPeerWithBadStandingIsExcusedOnlyOnceItShakesHands() {
        ConnectionPolicy policy = new ConnectionPolicy(configured(MAPPED));
        ConnectionSnapshot node = new ConnectionSnapshot(BanList.of(Set.of()), Optional.of(BAD), List.of(), NOW);

        assertThat(policy.beforeHandshake(ADDRESS.ip(), node)).contains(RefusalBeforeHandshake.BAD_STANDING);
        assertThat(policy.onHandshake(OWN, THEIRS, ADDRESS, node)).isEqualTo(new TransferConnectionStatus.Accepted());
        assertThat(policy.afterHandshake(peer(3, ADDRESS, true), node)).isEmpty();
    }

    @Test
    void onlyTheExactAddressOfAConfiguredPeerIsExcused() {
        ConnectionPolicy policy = new ConnectionPolicy(configured(new PeerAddress(ADDRESS.ip(), 1)));
        ConnectionSnapshot node = new ConnectionSnapshot(BanList.of(Set.of()), Optional.of(BAD), List.of(), NOW);

        assertThat(policy.onHandshake(OWN, THEIRS, ADDRESS, node))
                .isEqualTo(refused(new ConnectionRefusedReason.BadStanding()));
        assertThat(policy.afterHandshake(peer(3, ADDRESS, true), node)).contains(RefusalAfterHandshake.BAD_STANDING);
    }

    @Test
    void aBadStandingThatHasDecayedIsNoReason() {
        Instant later = NOW.plus(Duration.ofHours(48));
        ConnectionSnapshot node = new ConnectionSnapshot(BanList.of(Set.of()), Optional.of(BAD), List.of(), later);

        assertThat(DEFAULT.beforeHandshake(ADDRESS.ip(), node)).isEmpty();
    }

    @Test
    void theBlacklistIsForTheOtherStack() {
        BanList blacklisted = BanList.of(Set.of()).withBlacklisted(ADDRESS.ip(), NOW);
        ConnectionSnapshot node = new ConnectionSnapshot(blacklisted, Optional.empty(), List.of(), NOW);

        assertThat(DEFAULT.beforeHandshake(ADDRESS.ip(), node)).isEmpty();
        assertThat(DEFAULT.onHandshake(OWN, THEIRS, ADDRESS, node)).isEqualTo(new TransferConnectionStatus.Accepted());
    }

    @Test
    void aMappedAddressIsCountedWithItsPlainForm() {
        List<PeerInfo> four = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            four.add(peer(10 + i, new PeerAddress(i % 2 == 0 ? ADDRESS.ip() : MAPPED.ip(), 20_000 + i), true));
        }

        assertThat(DEFAULT.onHandshake(OWN, THEIRS, MAPPED, node(four)))
                .isEqualTo(refused(new ConnectionRefusedReason.MaxPeerNumberExceeded()));
        assertThat(DEFAULT.onHandshake(OWN, THEIRS, MAPPED, node(four.subList(0, 3))))
                .isEqualTo(new TransferConnectionStatus.Accepted());
    }

    @Test
    void theEleventhPeerIsRefused() {
        List<PeerInfo> ten = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ten.add(peer(10 + i, new PeerAddress(new IpAddress.V4(i), 1), false));
        }

        assertThat(DEFAULT.onHandshake(OWN, THEIRS, ADDRESS, node(ten)))
                .isEqualTo(refused(new ConnectionRefusedReason.MaxPeerNumberExceeded()));
        assertThat(DEFAULT.onHandshake(OWN, THEIRS, ADDRESS, node(ten.subList(0, 9))))
                .isEqualTo(new TransferConnectionStatus.Accepted());
    }

    @Test
    void thePeersPerIpAreLimitedAfterTheHandshakeOnlyIfThePeerDialled() {
        List<PeerInfo> four = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            four.add(peer(10 + i, new PeerAddress(ADDRESS.ip(), 20_000 + i), true));
        }

        assertThat(DEFAULT.afterHandshake(peer(3, ADDRESS, true), node(four)))
                .contains(RefusalAfterHandshake.TOO_MANY_FROM_IP);
        assertThat(DEFAULT.afterHandshake(peer(3, ADDRESS, false), node(four))).isEmpty();
    }

    @Test
    void peersBehindARelayCountForNoIp() {
        List<PeerInfo> relayed = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            relayed.add(new PeerInfo(id(10 + i), new InstanceId(0, 10 + i), Optional.empty(), true));
        }

        assertThat(DEFAULT.afterHandshake(
                        new PeerInfo(id(3), new InstanceId(0, 3), Optional.empty(), true), node(relayed)))
                .isEmpty();
        assertThat(DEFAULT.onHandshake(OWN, THEIRS, ADDRESS, node(relayed)))
                .isEqualTo(new TransferConnectionStatus.Accepted());
    }

    @ParameterizedTest
    @CsvSource({
        "0,  90, 999999999, true,  false",
        "0,  90, 0,         true,  true",
        "0,  91, 0,         false, false",
        "900000000, 91, 0,  false, false",
        "900000000, 90, 900000000, true, true",
        "900000000, 90, 900000001, true, false",
        "999999999, 0, 0,   true,  true"
    })
    void clocksAreComparedInWholeSecondsOrToTheNanosecond(
            int ownNanos, long secondsLater, int nanos, boolean legacy, boolean gateway) {
        long seconds = NOW.getEpochSecond();
        HandshakeData own = handshake(1, new PeerTime(seconds, ownNanos));
        HandshakeData theirs = handshake(2, new PeerTime(seconds + secondsLater, nanos));
        HandshakeVerdict badClock = new HandshakeVerdict.Refused(new ConnectionRefusedReason.Other(0));
        HandshakeVerdict accepted = new HandshakeVerdict.Accepted();

        assertThat(HandshakeValidation.legacy(DEFAULT, own, theirs, ADDRESS, node(List.of())))
                .isEqualTo(legacy ? accepted : badClock);
        assertThat(HandshakeValidation.legacy(DEFAULT, theirs, own, ADDRESS, node(List.of())))
                .isEqualTo(legacy ? accepted : badClock);
        assertThat(gateway(own, theirs)).isEqualTo(gateway ? accepted : badClock);
        assertThat(gateway(theirs, own)).isEqualTo(gateway ? accepted : badClock);
    }

    @ParameterizedTest
    @CsvSource({"0", "1125899906842624", "9223372036854775807"})
    void aClockBeyondAllCalendarsIsRefusedLikeAnyOther(long seconds) {
        HandshakeData theirs = handshake(2, new PeerTime(seconds, 999_999_999));
        HandshakeVerdict badClock = new HandshakeVerdict.Refused(new ConnectionRefusedReason.Other(0));

        assertThat(HandshakeValidation.legacy(DEFAULT, OWN, theirs, ADDRESS, node(List.of())))
                .isEqualTo(badClock);
        assertThat(gateway(OWN, theirs)).isEqualTo(badClock);
    }

    @Test
    void anotherTestnetIsAnotherNetwork() {
        HandshakeData own = Handshakes.of(new Network.Testnet(0), 1, "0.19.4", PeerTime.of(NOW));
        HandshakeData theirs = Handshakes.of(new Network.Testnet(1), 2, "0.19.4", PeerTime.of(NOW));
        HandshakeVerdict different = new HandshakeVerdict.DifferentNetwork(new Network.Testnet(1));

        assertThat(HandshakeValidation.legacy(DEFAULT, own, theirs, ADDRESS, node(List.of())))
                .isEqualTo(different);
        assertThat(gateway(own, theirs)).isEqualTo(different);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        Duration timeout = Duration.ofSeconds(4);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConnectionSettings(Set.of(), false, false, -1, 4, 1, timeout, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConnectionSettings(Set.of(), false, false, 65_536, 4, 1, timeout, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConnectionSettings(Set.of(), false, false, 1, -1, 1, timeout, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConnectionSettings(Set.of(), false, false, 1, 1, 0, timeout, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConnectionSettings(Set.of(), false, false, 1, 1, 1, Duration.ofMillis(-1), 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConnectionSettings(Set.of(), false, false, 1, 1, 1, timeout, 1L << 32));
    }

    private static HandshakeVerdict gateway(HandshakeData own, HandshakeData theirs) {
        return HandshakeValidation.gateway(DEFAULT, own, theirs, peer(2, ADDRESS, true), node(List.of()));
    }

    private static HandshakeData handshake(long instance, PeerTime time) {
        return Handshakes.of(new Network.Main(), instance, "0.19.4", time);
    }

    private static ConnectionSettings configured(PeerAddress address) {
        return new ConnectionSettings(Set.of(address), false, false, 10, 4, 1000, Duration.ofSeconds(4), 1000);
    }

    private static ConnectionSnapshot node(List<PeerInfo> connected) {
        return new ConnectionSnapshot(BanList.of(Set.of()), Optional.empty(), connected, NOW);
    }

    private static PeerInfo peer(int number, PeerAddress address, boolean inbound) {
        return new PeerInfo(id(number), new InstanceId(0, number), Optional.of(address), inbound);
    }

    private static PeerId id(int number) {
        return PeerId.parse(new byte[] {0, 1, (byte) number}).orElseThrow();
    }

    private static TransferConnectionStatus refused(ConnectionRefusedReason reason) {
        return new TransferConnectionStatus.Refused(reason);
    }
}
