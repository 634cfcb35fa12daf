package proteus.bootstrap.config;

import static proteus.bootstrap.config.Heading.JSON_RPC;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import proteus.adapters.rpc.http.JsonRpcSettings;
import proteus.adapters.rpc.http.RpcModule;
import proteus.domain.peer.PeerAddress;

/** The flags for JSON-RPC over HTTP. */
final class JsonRpcFlags {

    static final Flag<PeerAddress> LISTEN_RPC = Flag.maybe(
            JSON_RPC,
            "listen-rpc",
            "IP:PORT",
            Kind.ipAndPort(),
            "Serve JSON-RPC over HTTP to everybody who can connect, on " + JsonRpcSettings.DEFAULT_ADDRESS
                    + " if no address is given. Without this flag it is not served.");

    static final Flag<List<String>> RPC_MODULES = Flag.one(
            JSON_RPC,
            "rpc-modules",
            "LIST",
            Kind.words(Arrays.stream(RpcModule.values()).map(RpcModule::id).toList()),
            "What JSON-RPC serves, with commas between: node, chain, archival and, with --unsafe-rpc, network. The rest of "
                    + "upstream's modules is left out with a line in the log. Default: node,chain.");

    static final Flag<Boolean> UNSAFE_RPC = Flag.toggle(
            JSON_RPC,
            "unsafe-rpc",
            "Let everybody who calls JSON-RPC also do what costs much or changes the node. Only for callers you trust.");

    private JsonRpcFlags() {}

    static List<Flag<?>> all() {
        return List.of(LISTEN_RPC, RPC_MODULES, UNSAFE_RPC);
    }

    /** How JSON-RPC is served; empty if it is not. */
    static Optional<JsonRpcSettings> read(Settings settings, int maxPeers) {
        if (settings.counting(LISTEN_RPC).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new JsonRpcSettings(
                settings.value(LISTEN_RPC).orElse(JsonRpcSettings.DEFAULT_ADDRESS),
                settings.value(RPC_MODULES).map(JsonRpcFlags::modules).orElse(JsonRpcSettings.DEFAULT_MODULES),
                settings.isOn(UNSAFE_RPC),
                maxPeers));
    }

    private static Set<RpcModule> modules(List<String> words) {
        return words.stream()
                .map(word -> RpcModule.valueOf(word.strip().toUpperCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
