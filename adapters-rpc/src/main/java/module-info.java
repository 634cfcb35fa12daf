/**
 * What drives the node from outside: the RPC that neptune-cli and neptune-dashboard speak, and JSON-RPC over HTTP; and what
 * monitoring reads.
 */
@org.jspecify.annotations.NullMarked
module proteus.adapters.rpc {
    requires transitive proteus.application;
    requires static org.jspecify;
    // Automatic modules both.
    requires io.prometheus.metrics.model;
    requires io.prometheus.writer.text;
    // JVM and process, for metrics.
    requires java.management;
    requires jdk.management;
    requires tools.jackson.core;

    exports proteus.adapters.rpc;
    exports proteus.adapters.rpc.dashboard;
    exports proteus.adapters.rpc.http;
    exports proteus.adapters.rpc.metrics;
}
