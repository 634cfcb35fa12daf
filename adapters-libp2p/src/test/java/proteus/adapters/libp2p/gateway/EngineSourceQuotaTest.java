package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.limits.SourceAdmission;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;
import proteus.application.contract.ManualScheduler;
import proteus.application.port.SourceQuota;
import proteus.domain.peer.IpAddress;

final class EngineSourceQuotaTest {

    private static final IpAddress HERE = ip("192.0.2.1");
    private static final int ATTEMPTS = 3;

    private final ManualScheduler clock = new ManualScheduler();

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private EngineSourceQuota quota(int openPerAddress, int openPerPrefix, int attempts) {
        return new EngineSourceQuota(
                new SourceLimitSettings(openPerAddress, openPerPrefix, attempts, 100, false), clock);
    }

    @Test
    void anIpMayTrySoOftenAMinuteWhetherItStaysOrNot() {
        EngineSourceQuota quota = quota(0, 0, ATTEMPTS);
        for (int i = 0; i < ATTEMPTS; i++) {
            quota.arrives(HERE).orElseThrow().close();
        }

        assertThat(quota.arrives(HERE)).isEmpty();
        assertThat(quota.arrives(ip("192.0.2.2"))).isPresent();
        clock.advance(Duration.ofMinutes(1));
        assertThat(quota.arrives(HERE)).isPresent();
    }

    @Test
    void anIpInTheFormOfVersion6IsTheSame() {
        EngineSourceQuota quota = quota(0, 0, 1);
        assertThat(quota.arrives(ip("::ffff:192.0.2.1"))).isPresent();

        assertThat(quota.arrives(HERE)).isEmpty();
    }

    /** How many one IP may have is for the gate to judge. */
    @Test
    void howManyOneIpHasIsNotItsAffair() {
        EngineSourceQuota quota = quota(1, 0, 0);
        assertThat(quota.arrives(HERE)).isPresent();

        assertThat(quota.arrives(HERE)).isPresent();
    }

    @Test
    void aPrefixHasSoManyPlacesAndGetsThemBack() {
        EngineSourceQuota quota = quota(0, 2, 0);
        List<SourceQuota.Place> places = new ArrayList<>();
        places.add(quota.arrives(ip("192.0.2.1")).orElseThrow());
        places.add(quota.arrives(ip("192.0.2.2")).orElseThrow());

        assertThat(quota.arrives(ip("192.0.2.3"))).isEmpty();
        assertThat(quota.arrives(ip("192.0.3.3"))).isPresent();
        places.getFirst().close();
        places.getFirst().close();

        assertThat(quota.arrives(ip("192.0.2.3"))).isPresent();
        assertThat(quota.arrives(ip("192.0.2.3"))).isEmpty();
    }

    @Test
    void whatIsTakenHereIsTakenFromTheEngine() {
        EngineSourceQuota quota = quota(1, 0, 0);
        SourceQuota.Place place = quota.arrives(HERE).orElseThrow();

        assertThat(quota.limits().admit(InetAddress.ofLiteral("192.0.2.1")))
                .isInstanceOf(SourceAdmission.Refused.class);
        place.close();

        assertThat(quota.limits().admit(InetAddress.ofLiteral("192.0.2.1")))
                .isInstanceOf(SourceAdmission.Admitted.class);
    }

    @Test
    void whatTheEngineGivesIsTakenFromHere() {
        EngineSourceQuota quota = quota(0, 1, 0);
        assertThat(quota.limits().admit(InetAddress.ofLiteral("192.0.2.1")))
                .isInstanceOf(SourceAdmission.Admitted.class);

        assertThat(quota.arrives(ip("192.0.2.9"))).isEmpty();
    }
}
