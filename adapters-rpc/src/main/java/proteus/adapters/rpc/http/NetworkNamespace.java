package proteus.adapters.rpc.http;

import static proteus.adapters.rpc.http.JsonRpcMethods.nothing;
import static proteus.adapters.rpc.http.JsonRpcMethods.result;

import proteus.adapters.rpc.value.JsonContent;
import proteus.adapters.rpc.value.Multiaddress;
import proteus.adapters.rpc.value.NetworkFacts;
import proteus.application.port.NodeControl;
import proteus.application.port.PeerTarget;
import proteus.application.port.StoreException;
import proteus.domain.peer.IpAddress;
import tools.jackson.core.JsonGenerator;

/**
 * Methods about peers and bans, all of them for callers who may do everything. Source: neptune-cash 0.19.4, {@code
 * service.rs}; {@code peers} is an addition.
 */
final class NetworkNamespace {

    private final NodeControl control;
    private final JsonRpcSettings settings;

    NetworkNamespace(NodeControl control, JsonRpcSettings settings) {
        this.control = control;
        this.settings = settings;
    }

    void addTo(JsonRpcMethods methods) {
        put(methods, "ban", 1, params -> {
            IpAddress ip = ip(params);
            return allowed(() -> control.ban(ip));
        });
        put(methods, "unban", 1, params -> {
            IpAddress ip = ip(params);
            return allowed(() -> control.unban(ip));
        });
        put(methods, "unbanAll", 0, _ -> allowed(control::unbanAll));
        put(methods, "dial", 1, params -> {
            PeerTarget target = PeerTarget.parse(params.text(0)).orElseThrow(Params::invalid);
            // As upstream has it, nobody is told whether the dial begins.
            return allowed(() -> control.dial(target));
        });
        put(methods, "networkOverview", 0, _ -> networkOverview());
        put(methods, "peers", 0, _ -> peers());
        put(methods, "probeNat", 0, _ -> missing());
        put(methods, "resetRelayReservations", 0, _ -> missing());
    }

    private static void put(JsonRpcMethods methods, String name, int params, JsonRpcMethods.Handler handler) {
        methods.put(RpcModule.NETWORK, name, params, handler);
    }

    @FunctionalInterface
    private interface Order {
        void give() throws StoreException;
    }

    private JsonContent allowed(Order order) throws JsonRpcException, StoreException {
        requireUnrestricted();
        order.give();
        return nothing();
    }

    /** What this node does not do is still told apart from what the caller may not order. */
    private JsonContent missing() throws JsonRpcException {
        requireUnrestricted();
        throw new JsonRpcException(JsonRpcError.METHOD_NOT_FOUND);
    }

    private void requireUnrestricted() throws JsonRpcException {
        if (!settings.unrestricted()) {
            throw new JsonRpcException(JsonRpcError.RESTRICTED);
        }
    }

    private static IpAddress ip(Params params) throws JsonRpcException {
        return Multiaddress.parse(params.text(0)).orElseThrow(Params::invalid).ip();
    }

    private JsonContent peers() throws JsonRpcException {
        requireUnrestricted();
        return result("peers", PeerList.of(control)::writeTo);
    }

    private JsonContent networkOverview() throws JsonRpcException, StoreException {
        requireUnrestricted();
        NetworkFacts facts = NetworkFacts.of(control, settings.maxPeers());
        return result("networkOverview", json -> write(json, facts));
    }

    /** Nobody tells this node from where it is seen, so what it knows of that is what upstream says at its start. */
    private static void write(JsonGenerator json, NetworkFacts facts) {
        json.writeStartObject();
        json.writeStringProperty("natStatus", "unknown");
        json.writeStringProperty("reachabilityState", "unknown");
        json.writeName("externalAddresses").writeStartArray().writeEndArray();
        json.writeNumberProperty("connectionCount", facts.connections());
        json.writeNumberProperty("connectionLimit", facts.maxPeers());
        json.writeNumberProperty("numActiveRelays", 0);
        json.writeStringProperty("peerId", facts.ownId().toString());
        json.writeNumberProperty("addressBookSize", facts.addressBookSize());
        json.writeNumberProperty("numBannedPeers", facts.bannedPeers());
        json.writeEndObject();
    }
}
