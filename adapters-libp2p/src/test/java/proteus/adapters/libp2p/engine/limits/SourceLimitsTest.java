package proteus.adapters.libp2p.engine.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.limits.SourceRefusal.Reason;

final class SourceLimitsTest {

    private static final SourceLimitSettings DEFAULTS = SourceLimitSettings.defaults();

    /** As the defaults, without a limit on attempts. */
    private static final SourceLimitSettings OPEN_ONLY = new SourceLimitSettings(4, 8, 0, 100, false);

    private static final SourceLimitSettings ATTEMPTS_ONLY = new SourceLimitSettings(0, 0, 6, 100, false);

    private final HandClock clock = new HandClock();

    @Test
    void fourConnectionsFromOneAddressAreAdmittedAndAFifthIsNot() {
        SourceLimits limits = limits(OPEN_ONLY);
        List<SourcePermit> permits = new ArrayList<>();
        for (int connection = 0; connection < 4; connection++) {
            permits.add(admitted(limits, "192.0.2.1"));
        }

        assertThat(refusal(limits, "192.0.2.1"))
                .isEqualTo(new SourceRefusal(InetAddress.ofLiteral("192.0.2.1"), Reason.TOO_MANY_OPEN_FROM_ADDRESS, 4))
                .hasToString("192.0.2.1: TOO_MANY_OPEN_FROM_ADDRESS, limit 4");
        admitted(limits, "192.0.2.2");

        permits.getFirst().close();
        permits.getFirst().close();
        admitted(limits, "192.0.2.1");
        assertThat(refusal(limits, "192.0.2.1").reason()).isEqualTo(Reason.TOO_MANY_OPEN_FROM_ADDRESS);
    }

    @Test
    void whoIsAdmittedWhateverItHasCountsForOthersAll() {
        SourceLimits limits = limits(OPEN_ONLY);
        List<SourcePermit> permits = new ArrayList<>();
        for (int connection = 0; connection < 8; connection++) {
            permits.add(permit(limits.admitWhateverItHas(InetAddress.ofLiteral("192.0.2.1"))));
        }

        assertThat(refusal(limits, "192.0.2.1").reason()).isEqualTo(Reason.TOO_MANY_OPEN_FROM_ADDRESS);
        assertThat(refusal(limits, "192.0.2.2").reason()).isEqualTo(Reason.TOO_MANY_OPEN_FROM_PREFIX);
        assertThat(refusal(limits.admitWhateverItHas(InetAddress.ofLiteral("192.0.2.1")))
                        .reason())
                .isEqualTo(Reason.TOO_MANY_OPEN_FROM_PREFIX);
        permits.forEach(SourcePermit::close);
        permits.forEach(SourcePermit::close);
        assertThat(limits.openAddresses()).isZero();
        admitted(limits, "192.0.2.1");
    }

    @Test
    void whoIsAdmittedWhateverItHasMayNotTryMoreOftenThanOthers() {
        SourceLimits limits = limits(ATTEMPTS_ONLY);
        for (int attempt = 0; attempt < 3; attempt++) {
            admitted(limits, "192.0.2.1");
            permit(limits.admitWhateverItHas(InetAddress.ofLiteral("192.0.2.1")));
        }

        assertThat(refusal(limits.admitWhateverItHas(InetAddress.ofLiteral("192.0.2.1")))
                        .reason())
                .isEqualTo(Reason.TOO_MANY_ATTEMPTS);
        assertThat(refusal(limits, "192.0.2.1").reason()).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
    }

    @Test
    void eightConnectionsFromOnePrefixAreAdmittedAndANinthIsNot() {
        SourceLimits limits = limits(OPEN_ONLY);
        for (int host = 1; host <= 8; host++) {
            admitted(limits, "192.0.2." + host);
            admitted(limits, "2001:db8:0:1:" + host + "::");
        }

        assertThat(refusal(limits, "192.0.2.255").reason()).isEqualTo(Reason.TOO_MANY_OPEN_FROM_PREFIX);
        assertThat(refusal(limits, "2001:db8:0:1:ffff::1")).satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.TOO_MANY_OPEN_FROM_PREFIX);
            assertThat(refusal.limit()).isEqualTo(8);
        });
        admitted(limits, "192.0.3.1");
        admitted(limits, "192.0.1.255");
        admitted(limits, "2001:db8:0:2::");
        admitted(limits, "2001:db8::1");
    }

    @Test
    void theSeventhAttemptWithinAMinuteIsRefused() {
        SourceLimits limits = limits(DEFAULTS);
        for (int attempt = 0; attempt < 6; attempt++) {
            admitted(limits, "192.0.2.1").close();
            clock.move(Duration.ofSeconds(1));
        }

        assertThat(refusal(limits, "192.0.2.1").reason()).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
        assertThat(refusal(limits, "192.0.2.1").limit()).isEqualTo(6);
        admitted(limits, "192.0.2.2");
    }

    @Test
    void anAttemptIsForgottenAMinuteLaterAndNotBefore() {
        SourceLimits limits = limits(ATTEMPTS_ONLY);
        for (int attempt = 0; attempt < 6; attempt++) {
            admitted(limits, "192.0.2.1");
            clock.move(Duration.ofSeconds(1));
        }

        clock.move(Duration.ofMillis(53_999));
        assertThat(refusal(limits, "192.0.2.1").reason()).isEqualTo(Reason.TOO_MANY_ATTEMPTS);

        // The refused attempt has taken the place of the first; the second is forgotten a second later than that.
        clock.move(Duration.ofMillis(1_001));
        admitted(limits, "192.0.2.1");
    }

    @Test
    void whoKeepsTryingStaysOut() {
        SourceLimits limits = limits(ATTEMPTS_ONLY);
        for (int attempt = 0; attempt < 6; attempt++) {
            admitted(limits, "192.0.2.1");
        }

        for (int attempt = 0; attempt < 360; attempt++) {
            clock.move(Duration.ofSeconds(9));
            assertThat(refusal(limits, "192.0.2.1").reason()).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
        }

        clock.move(Duration.ofSeconds(60));
        admitted(limits, "192.0.2.1");
    }

    @Test
    void anAttemptThatAnotherLimitRefusesCountsToo() {
        SourceLimits limits = limits(new SourceLimitSettings(1, 0, 6, 100, false));
        SourcePermit only = admitted(limits, "192.0.2.1");
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(refusal(limits, "192.0.2.1").reason()).isEqualTo(Reason.TOO_MANY_OPEN_FROM_ADDRESS);
        }

        only.close();
        assertThat(refusal(limits, "192.0.2.1").reason()).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
    }

    @Test
    void attemptsWithinOneIpv6PrefixAreOneSources() {
        SourceLimits limits = limits(ATTEMPTS_ONLY);
        for (int host = 1; host <= 6; host++) {
            admitted(limits, "2001:db8:0:1::" + host);
        }

        assertThat(refusal(limits, "2001:db8:0:1::7").reason()).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
        admitted(limits, "2001:db8:0:2::7");
    }

    @Test
    void aMappedAddressIsTheIpv4AddressInIt() throws Exception {
        SourceLimits limits = limits(OPEN_ONLY);
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        System.arraycopy(InetAddress.ofLiteral("192.0.2.1").getAddress(), 0, mapped, 12, 4);
        // InetAddress would make it an IPv4 address by itself; a socket may hand out this.
        InetAddress ipv6 = Inet6Address.getByAddress(null, mapped, 3);
        assertThat(ipv6).isInstanceOf(Inet6Address.class);
        for (int connection = 0; connection < 4; connection++) {
            admitted(limits, "192.0.2.1");
        }

        assertThat(limits.admit(ipv6)).isInstanceOf(SourceAdmission.Refused.class);
        assertThat(limits.openAddresses()).isEqualTo(1);
    }

    @Test
    void aScopeMakesNoOtherAddress() throws Exception {
        SourceLimits limits = limits(OPEN_ONLY);
        byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();
        for (int scope = 1; scope <= 4; scope++) {
            assertThat(limits.admit(Inet6Address.getByAddress(null, linkLocal, scope)))
                    .isInstanceOf(SourceAdmission.Admitted.class);
        }

        assertThat(limits.admit(Inet6Address.getByAddress(null, linkLocal, 5)))
                .isInstanceOf(SourceAdmission.Refused.class);
    }

    @Test
    void loopbackIsExemptOnlyIfTheSettingSaysSo() {
        SourceLimits exempting = limits(DEFAULTS.withLoopbackExempt());
        SourceLimits counting = limits(DEFAULTS);
        for (String loopback : List.of("127.0.0.1", "127.255.1.2", "::1")) {
            for (int connection = 0; connection < 20; connection++) {
                admitted(exempting, loopback).close();
            }
            for (int connection = 0; connection < 4; connection++) {
                admitted(counting, loopback);
            }
            refusal(counting, loopback);
        }

        assertThat(exempting.rememberedSources()).isZero();
        for (int connection = 0; connection < 4; connection++) {
            admitted(exempting, "::2");
            admitted(exempting, "128.0.0.1");
        }
        refusal(exempting, "::2");
        refusal(exempting, "128.0.0.1");
    }

    @Test
    void aZeroIsNoLimit() {
        SourceLimits limits = limits(new SourceLimitSettings(0, 0, 0, 1, false));
        for (int connection = 0; connection < 1000; connection++) {
            admitted(limits, "192.0.2.1");
        }

        assertThat(limits.rememberedSources()).isZero();
        assertThat(limits.openAddresses()).isEqualTo(1);
    }

    @Test
    void connectionsFromMoreAddressesThanTheTableHoldsAreRefused() {
        SourceLimits limits = limits(new SourceLimitSettings(4, 8, 0, 2, false));
        SourcePermit first = admitted(limits, "192.0.2.1");
        admitted(limits, "198.51.100.1");

        assertThat(refusal(limits, "203.0.113.1").reason()).isEqualTo(Reason.TOO_MANY_SOURCES);
        admitted(limits, "192.0.2.1").close();

        first.close();
        admitted(limits, "203.0.113.1");
    }

    @Test
    void whoKeepsTryingKeepsNoOthersRemembered() {
        SourceLimits limits = limits(ATTEMPTS_ONLY);
        admitted(limits, "192.0.2.1");
        admitted(limits, "192.0.2.2");
        clock.move(Duration.ofSeconds(30));
        admitted(limits, "192.0.2.1");
        clock.move(Duration.ofSeconds(30));
        admitted(limits, "192.0.2.1");

        assertThat(limits.rememberedSources()).isEqualTo(1);
    }

    @Test
    void aClockThatIsSetBackKeepsNobodyOutAndNobodyInTheTable() {
        SourceLimits limits = limits(ATTEMPTS_ONLY);
        admitted(limits, "192.0.2.2");
        for (int attempt = 0; attempt < 6; attempt++) {
            admitted(limits, "192.0.2.1");
        }
        clock.move(Duration.ofHours(-5));
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(refusal(limits, "192.0.2.1").reason()).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
        }

        clock.move(Duration.ofSeconds(60));
        admitted(limits, "192.0.2.1");
        assertThat(limits.rememberedSources()).isEqualTo(1);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new SourceLimitSettings(-1, 0, 0, 1, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SourceLimitSettings(0, -1, 0, 1, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SourceLimitSettings(0, 0, -1, 1, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SourceLimitSettings(0, 0, SourceLimitSettings.MOST_ATTEMPTS + 1, 1, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SourceLimitSettings(0, 0, 0, 0, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyThreadsGetNoMoreThanOneWould() throws Exception {
        SourceLimits limits = limits(new SourceLimitSettings(4, 0, 0, 100, false));
        InetAddress source = InetAddress.ofLiteral("192.0.2.1");
        List<SourcePermit> permits = new ArrayList<>();

        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<SourceAdmission>> answers = new ArrayList<>();
            for (int attempt = 0; attempt < 400; attempt++) {
                answers.add(threads.submit(() -> limits.admit(source)));
            }
            for (Future<SourceAdmission> answer : answers) {
                if (answer.get() instanceof SourceAdmission.Admitted(SourcePermit permit)) {
                    permits.add(permit);
                }
            }
            assertThat(permits).hasSize(4);

            List<Future<?>> closers = new ArrayList<>();
            for (int closer = 0; closer < 40; closer++) {
                SourcePermit permit = permits.get(closer % 4);
                closers.add(threads.submit(permit::close));
            }
            for (Future<?> closer : closers) {
                closer.get();
            }
        }

        assertThat(limits.openAddresses()).isZero();
    }

    @Test
    void placesThatManyThreadsTakeAndGiveBackAreCountedToTheLast() throws Exception {
        SourceLimits limits = limits(new SourceLimitSettings(0, 0, 0, 100, false));
        CountDownLatch ready = new CountDownLatch(4);

        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < 4; worker++) {
                workers.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    for (int round = 0; round < 30_000; round++) {
                        admitted(limits, "192.0.2.1").close();
                    }
                    return limits;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }

        assertThat(limits.openAddresses()).isZero();
    }

    private SourceLimits limits(SourceLimitSettings settings) {
        return new SourceLimits(settings, clock, new SplittableRandom(1));
    }

    private static SourcePermit admitted(SourceLimits limits, String source) {
        return permit(limits.admit(InetAddress.ofLiteral(source)));
    }

    private static SourceRefusal refusal(SourceLimits limits, String source) {
        return refusal(limits.admit(InetAddress.ofLiteral(source)));
    }

    private static SourcePermit permit(SourceAdmission admission) {
        return switch (admission) {
            case SourceAdmission.Admitted(SourcePermit permit) -> permit;
            case SourceAdmission.Refused(SourceRefusal refusal) -> throw new AssertionError(refusal.toString());
        };
    }

    private static SourceRefusal refusal(SourceAdmission admission) {
        return switch (admission) {
            case SourceAdmission.Admitted(SourcePermit permit) -> throw new AssertionError("was admitted: " + permit);
            case SourceAdmission.Refused(SourceRefusal refusal) -> refusal;
        };
    }
}
