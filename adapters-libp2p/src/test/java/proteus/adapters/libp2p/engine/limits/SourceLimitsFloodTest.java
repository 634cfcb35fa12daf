package proteus.adapters.libp2p.engine.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.libp2p.engine.limits.SourceRefusal.Reason;

/** Source limits over hours of attempts, and under floods from many sources. */
final class SourceLimitsFloodTest {

    private static final SourceLimitSettings DEFAULTS = SourceLimitSettings.defaults();
    private static final int MILLION = 1_000_000;

    private final HandClock clock = new HandClock();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void overHoursEveryAnswerIsThatOfOneWhoKeepsEverything(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SourceLimits limits = new SourceLimits(DEFAULTS, clock, random.split());
        List<Long> attempts = new ArrayList<>();
        List<Held> open = new ArrayList<>();
        List<List<Long>> attemptsOf = new ArrayList<>();
        for (int host = 0; host < 12; host++) {
            attemptsOf.add(new ArrayList<>());
        }

        int refusals = 0;
        for (int step = 0; step < 8_000; step++) {
            clock.move(Duration.ofMillis(random.nextInt(4_000)));
            if (random.nextInt(3) == 0 && !open.isEmpty()) {
                open.remove(random.nextInt(open.size())).permit.close();
            }
            int host = random.nextInt(12);
            long now = clock.millis();
            List<Long> mine = attemptsOf.get(host);
            boolean tooOften = mine.stream().filter(time -> time > now - 60_000).count() >= 6;
            boolean fromAddress =
                    open.stream().filter(held -> held.host == host).count() >= 4;
            boolean fromPrefix =
                    open.stream().filter(held -> held.host / 4 == host / 4).count() >= 8;
            mine.add(now);
            attempts.add(now);

            SourceAdmission answer = limits.admit(InetAddress.ofLiteral("192.0." + host / 4 + "." + host));

            assertThat(answer instanceof SourceAdmission.Refused)
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(tooOften || fromAddress || fromPrefix);
            switch (answer) {
                case SourceAdmission.Admitted(SourcePermit permit) -> open.add(new Held(host, permit));
                case SourceAdmission.Refused refused -> refusals++;
            }
        }
        open.forEach(held -> held.permit.close());

        assertThat(refusals).as("seed %d", seed).isBetween(500, 7_500);
        assertThat(attempts.getLast() - attempts.getFirst())
                .isGreaterThan(Duration.ofHours(3).toMillis());
        assertThat(limits.openAddresses()).isZero();
    }

    @Test
    void aMillionSourcesTakeNoMoreThanTheTable() {
        SourceLimits limits = new SourceLimits(DEFAULTS, clock, new SplittableRandom(1));
        SplittableRandom random = new SplittableRandom(2);

        for (int source = 0; source < MILLION; source++) {
            close(limits.admit(source % 2 == 0 ? ipv4(random.nextInt()) : ipv6(random.nextLong())));
            assertThat(limits.rememberedSources() <= DEFAULTS.sources()).isTrue();
        }

        assertThat(limits.rememberedSources()).isEqualTo(DEFAULTS.sources());
        clock.move(Duration.ofSeconds(60));
        close(limits.admit(ipv4(1)));
        assertThat(limits.rememberedSources()).isEqualTo(1);
    }

    @Test
    void aMillionOpenConnectionsAreNotHeld() {
        SourceLimits limits =
                new SourceLimits(new SourceLimitSettings(0, 0, 0, 1000, false), clock, new SplittableRandom(1));

        for (int source = 0; source < MILLION; source++) {
            limits.admit(ipv6((long) source << 16));
        }

        assertThat(limits.openAddresses()).isEqualTo(1000);
    }

    @Test
    void whoOwnsManyPrefixesGetsNoCountForgotten() {
        SourceLimits limits = new SourceLimits(DEFAULTS, clock, new SplittableRandom(1));
        InetAddress offender = InetAddress.ofLiteral("2001:db8:ffff::1");
        for (int attempt = 0; attempt < 6; attempt++) {
            close(limits.admit(offender));
        }

        int admitted = floodFromOneIpv6Network(limits);

        assertThat(reasonFor(limits, offender)).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
        // One for each place in the table but the offender's, and then what one network may.
        assertThat(admitted).isEqualTo(DEFAULTS.sources() - 1 + DEFAULTS.attemptsPerMinute());
    }

    @Test
    void aFloodFromOneNetworkLeavesTheOthersAlone() {
        SourceLimits limits = new SourceLimits(DEFAULTS, clock, new SplittableRandom(1));
        InetAddress known = InetAddress.ofLiteral("192.0.2.1");
        close(limits.admit(known));
        floodFromOneIpv6Network(limits);

        assertThat(limits.admit(known)).isInstanceOf(SourceAdmission.Admitted.class);
        assertThat(reasonFor(limits, InetAddress.ofLiteral("2001:db8:ffff::1")))
                .isEqualTo(Reason.TOO_MANY_ATTEMPTS_OF_NETWORK);
        int strangersAdmitted = 0;
        for (int network = 0; network < 100; network++) {
            if (limits.admit(ipv4(network << 16 | 1)) instanceof SourceAdmission.Admitted) {
                strangersAdmitted++;
            }
        }
        assertThat(strangersAdmitted).isGreaterThanOrEqualTo(97);
    }

    /** A hundred thousand attempts from as many /64 within 2001:db8::/32, at one moment; returns how many came in. */
    private static int floodFromOneIpv6Network(SourceLimits limits) {
        int admitted = 0;
        for (int prefix = 0; prefix < 100_000; prefix++) {
            SourceAdmission answer = limits.admit(ipv6(0x2001_0db8_0000_0000L | prefix));
            if (answer instanceof SourceAdmission.Admitted) {
                admitted++;
            }
            close(answer);
        }
        return admitted;
    }

    private static Reason reasonFor(SourceLimits limits, InetAddress source) {
        return switch (limits.admit(source)) {
            case SourceAdmission.Admitted(SourcePermit permit) -> throw new AssertionError("admitted: " + permit);
            case SourceAdmission.Refused(SourceRefusal refusal) -> refusal.reason();
        };
    }

    private static void close(SourceAdmission answer) {
        if (answer instanceof SourceAdmission.Admitted(SourcePermit permit)) {
            permit.close();
        }
    }

    private static InetAddress ipv4(int bits) {
        return address(ByteBuffer.allocate(4).putInt(bits));
    }

    private static InetAddress ipv6(long prefix) {
        return address(ByteBuffer.allocate(16).putLong(prefix).putLong(1));
    }

    private static InetAddress address(ByteBuffer bytes) {
        try {
            return InetAddress.getByAddress(bytes.array());
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private record Held(int host, SourcePermit permit) {}
}
