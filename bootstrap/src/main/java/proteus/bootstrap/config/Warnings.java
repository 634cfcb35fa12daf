package proteus.bootstrap.config;

import java.util.ArrayList;
import java.util.List;
import proteus.application.migration.MigrationSettings;
import proteus.application.node.NodeSettings;
import proteus.application.node.StackUse;

/** What an operator should know about a configuration that can be used. */
final class Warnings {

    private Warnings() {}

    /** One line each. */
    static List<String> of(Settings settings, Host host, NodeSettings node, MigrationSettings migration) {
        List<String> warnings = new ArrayList<>(settings.ineffective());
        if (host.variable("RUST_LOG").isPresent()
                && settings.counting(ProgramFlags.LOG_LEVEL).isEmpty()) {
            warnings.add("RUST_LOG is set, and this node does not read it; use PROTEUS_LOG_LEVEL or --log-level");
        }
        settings.value(NetworkFlags.MAX_CONNECTION_ATTEMPTS_PER_IP_PER_MINUTE)
                .filter(attempts -> attempts > SourceQuotaSettings.MOST_ATTEMPTS)
                .ifPresent(_ -> warnings.add(settings.origin(NetworkFlags.MAX_CONNECTION_ATTEMPTS_PER_IP_PER_MINUTE)
                        + " is taken as " + SourceQuotaSettings.MOST_ATTEMPTS + ", the most that is counted"));
        for (Flag<?> flag : List.of(JsonRpcFlags.RPC_MODULES, JsonRpcFlags.UNSAFE_RPC)) {
            if (!settings.counting(flag).isEmpty()
                    && settings.counting(JsonRpcFlags.LISTEN_RPC).isEmpty()) {
                warnings.add(settings.origin(flag) + " has no effect without --listen-rpc");
            }
        }
        if (settings.isOn(NetworkFlags.RESTRICT_PEERS_TO_LIST)
                && settings.counting(NetworkFlags.PEER).isEmpty()) {
            warnings.add(settings.origin(NetworkFlags.RESTRICT_PEERS_TO_LIST)
                    + " without a peer: this node will talk to nobody");
        } else if (!node.connections().allowsIncoming()
                && node.stacks().values().stream().noneMatch(StackUse::dials)) {
            warnings.add("no stack dials, and nobody may connect: this node will talk to nobody");
        }
        migration
                .stage()
                .ifPresent(stage -> node.peers().stream()
                        .filter(peer ->
                                peer.protocol().carriers().stream().noneMatch(carrier -> stage.uses(carrier.stack())))
                        .forEach(peer -> warnings.add("the peer " + peer.address() + " is not dialled in the stage "
                                + stage + ", which does not use the stack for it")));
        return warnings;
    }
}
