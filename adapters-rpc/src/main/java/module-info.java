/** What drives the node from outside: the RPC that neptune-cli and neptune-dashboard speak, and JSON-RPC over HTTP. */
@org.jspecify.annotations.NullMarked
module proteus.adapters.rpc {
    requires transitive proteus.application;
    requires static org.jspecify;
    requires tools.jackson.core;

    exports proteus.adapters.rpc;
    exports proteus.adapters.rpc.http;
}
