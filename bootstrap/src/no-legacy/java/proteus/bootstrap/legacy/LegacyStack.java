package proteus.bootstrap.legacy;

import java.time.InstantSource;
import java.util.Optional;
import proteus.application.memory.InboundBudget;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerTransport;
import proteus.application.port.SourceQuota;
import proteus.domain.peer.ConnectionSettings;

/** The legacy stack, which this build does not have. */
public final class LegacyStack {

    private LegacyStack() {}

    /** Whether this build has it. */
    public static boolean isBuilt() {
        return false;
    }

    /** Its transport: empty in this build. */
    public static Optional<PeerTransport> transport(
            ConnectionSettings connections,
            InboundBudget budget,
            PeerGate gate,
            SourceQuota quota,
            InstantSource clock) {
        return Optional.empty();
    }
}
