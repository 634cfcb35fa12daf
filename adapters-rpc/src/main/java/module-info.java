/** What drives the node from outside: for now the RPC that neptune-cli and neptune-dashboard speak. */
@org.jspecify.annotations.NullMarked
module proteus.adapters.rpc {
    requires transitive proteus.application;
    requires static org.jspecify;
    requires tools.jackson.core;

    exports proteus.adapters.rpc;
}
