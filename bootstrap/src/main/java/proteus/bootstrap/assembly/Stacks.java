package proteus.bootstrap.assembly;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.IdentityFile;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;
import proteus.adapters.libp2p.gateway.EngineSourceQuota;
import proteus.adapters.libp2p.gateway.GatewaySettings;
import proteus.bootstrap.config.Build;
import proteus.bootstrap.config.IdentityChoice;
import proteus.bootstrap.config.NodeConfiguration;
import proteus.bootstrap.config.SourceQuotaSettings;
import proteus.domain.peer.ConnectionSettings;

/** What a configuration means for the parts that both stacks, or libp2p, are made of. */
final class Stacks {

    private Stacks() {}

    /**
     * Who the node is on libp2p, be it that it does not use that stack yet.
     *
     * @throws IOException if the file with its key cannot be read or written, or has none; the message says which
     */
    static Identity identity(NodeConfiguration configuration) throws IOException {
        SecureRandom random = new SecureRandom();
        return switch (configuration.libp2p().identity()) {
            case IdentityChoice.OfRun() -> Identity.generate(random);
            case IdentityChoice.Stored(var file, boolean renewed) -> {
                IdentityFile stored = new IdentityFile(file);
                yield renewed ? stored.replace(random, InstantSource.system()) : stored.openOrCreate(random);
            }
        };
    }

    /** The quota of network addresses. That an IP may have none is for the policy, for zero is no limit here. */
    static EngineSourceQuota quota(SourceQuotaSettings settings, InstantSource clock) {
        SourceLimitSettings usual = SourceLimitSettings.defaults();
        return new EngineSourceQuota(
                new SourceLimitSettings(
                        Math.max(1, settings.openPerIp()),
                        settings.openPerPrefix(),
                        settings.attemptsPerMinute(),
                        usual.sources(),
                        usual.loopbackExempt()),
                clock);
    }

    static GatewaySettings gateway(NodeConfiguration configuration) {
        ConnectionSettings connections = configuration.node().connections();
        return GatewaySettings.of(
                        configuration.node().network(),
                        "proteus/" + Build.read().version(),
                        connections.maxNumPeers())
                .withHandshakeTimeout(connections.handshakeTimeout())
                .withPublicIps(configuration.libp2p().publicIps())
                .withNativeSessions(configuration.libp2p().nativeSessions());
    }
}
