package proteus.bootstrap.legacy;

import java.time.InstantSource;
import java.util.Optional;
import proteus.adapters.legacytcp.LegacySettings;
import proteus.adapters.legacytcp.LegacyTransport;
import proteus.application.memory.InboundBudget;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerTransport;
import proteus.application.port.SourceQuota;
import proteus.domain.peer.ConnectionSettings;

/** The legacy stack of this build. Nothing else in this module names its adapter. */
public final class LegacyStack {

    private LegacyStack() {}

    /** Whether this build has it. */
    public static boolean isBuilt() {
        return true;
    }

    /**
     * Its transport, which does nothing yet; empty in a build without the stack.
     *
     * @param connections how many peers the node wants, and how long a handshake may take
     * @param budget bounds what inbound frames take, together with other transports
     * @param gate is asked about peers and told of connections
     * @param quota counts what network addresses take, together with other transports
     * @param clock says when handshakes were done
     */
    public static Optional<PeerTransport> transport(
            ConnectionSettings connections,
            InboundBudget budget,
            PeerGate gate,
            SourceQuota quota,
            InstantSource clock) {
        return Optional.of(new LegacyTransport(LegacySettings.of(connections), budget, gate, quota, clock));
    }
}
