package proteus.adapters.rpc.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Set;
import proteus.application.chain.ChainState;
import proteus.application.port.NodeControl;
import proteus.domain.peer.PeerAddress;

/**
 * Serves JSON-RPC over HTTP until it is closed. Safe for use by many threads.
 *
 * <p>There is no authentication: whoever reaches the port may call. Source: neptune-cash 0.19.4, {@code http.rs}.
 */
public final class JsonRpcServer implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(JsonRpcServer.class.getName());

    private final HttpServer server;

    private JsonRpcServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Takes the port and begins to serve.
     *
     * @param control what the methods about the node ask and order
     * @param chain what the methods about blocks read
     * @throws IOException if the port cannot be had
     */
    public static JsonRpcServer start(JsonRpcSettings settings, NodeControl control, ChainState chain)
            throws IOException {
        return start(settings, JsonRpcLimits.DEFAULT, control, chain);
    }

    static JsonRpcServer start(JsonRpcSettings settings, JsonRpcLimits limits, NodeControl control, ChainState chain)
            throws IOException {
        JsonRpcCaller caller = new JsonRpcCaller(methods(settings, limits, control, chain), limits);
        return new JsonRpcServer(HttpServer.start(settings.address(), new JsonRpcService(caller), limits.http()));
    }

    private static JsonRpcMethods methods(
            JsonRpcSettings settings, JsonRpcLimits limits, NodeControl control, ChainState chain) {
        JsonRpcMethods methods = new JsonRpcMethods();
        for (RpcModule module : served(settings)) {
            switch (module) {
                case NODE -> new TipNamespaces(control, chain).addNodeTo(methods);
                case CHAIN -> new TipNamespaces(control, chain).addChainTo(methods);
                case NETWORK -> new NetworkNamespace(control, settings).addTo(methods);
                case ARCHIVAL -> {
                    new ArchivalNamespace(chain).addTo(methods);
                    Turns turns = new Turns(limits.maxSearches(), limits.search());
                    new ArchivalSearches(chain, settings.unrestricted(), turns).addTo(methods);
                }
                case MINING, MEMPOOL, WALLET, PERSONAL, UTXOINDEX ->
                    throw new IllegalStateException("no method of " + module.id());
            }
        }
        return methods;
    }

    private static Set<RpcModule> served(JsonRpcSettings settings) {
        Set<RpcModule> served = EnumSet.noneOf(RpcModule.class);
        for (RpcModule module : settings.modules()) {
            if (module.isServed()) {
                served.add(module);
            } else {
                LOGGER.log(
                        Level.ERROR,
                        "This node has nothing to serve for the RPC module ''{0}'', which is left out.",
                        module.id());
            }
        }
        if (served.contains(RpcModule.NETWORK) && !settings.unrestricted()) {
            LOGGER.log(
                    Level.WARNING,
                    "The RPC module network answers every call with RestrictedAccess without --unsafe-rpc.");
        }
        return served;
    }

    /** Where it listens, with the port that was taken. */
    public PeerAddress address() {
        return server.address();
    }

    /** Accepts nothing more, gives answers that are due one second, and closes. Idempotent. */
    @Override
    public void close() {
        server.close();
    }
}
