/** What drives the node from outside: RPC, metrics, health, dashboard. Nothing yet: its issue has not come. */
@org.jspecify.annotations.NullMarked
module proteus.adapters.rpc {
    requires transitive proteus.application;
    requires static org.jspecify;
}
