package proteus.adapters.libp2p.gateway;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import proteus.adapters.libp2p.engine.limits.SourceAdmission;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;
import proteus.adapters.libp2p.engine.limits.SourceLimits;
import proteus.application.port.SourceQuota;
import proteus.domain.peer.IpAddress;

/** The quota of network addresses, kept by the engine's counts, for all stacks of a node. Safe for use by many threads. */
public final class EngineSourceQuota implements SourceQuota {

    private static final System.Logger LOG = System.getLogger(EngineSourceQuota.class.getName());

    private final SourceLimits limits;

    /** A quota of which nothing is spent. */
    public EngineSourceQuota(SourceLimitSettings settings, InstantSource clock) {
        limits = new SourceLimits(settings, clock, new SecureRandom());
    }

    /** What counts. */
    SourceLimits limits() {
        return limits;
    }

    @Override
    public Optional<Place> arrives(IpAddress ip) {
        return switch (limits.admitWhateverItHas(Endpoints.inet(ip.canonical()))) {
            case SourceAdmission.Admitted(var permit) -> Optional.of(permit::close);
            case SourceAdmission.Refused(var refusal) -> {
                LOG.log(System.Logger.Level.DEBUG, "IP {0}: may not connect: {1}", ip, refusal);
                yield Optional.empty();
            }
        };
    }
}
