/**
 * What a Proteus node <em>does</em>: use cases, the ports they need, and the wire form of the peer protocol that both
 * peer stacks carry.
 */
@org.jspecify.annotations.NullMarked
module proteus.application {
    requires transitive proteus.domain;
    requires tools.jackson.core;
    requires static org.jspecify;

    exports proteus.application.bridge;
    exports proteus.application.chain;
    exports proteus.application.comparison;
    exports proteus.application.frame;
    exports proteus.application.memory;
    exports proteus.application.migration;
    exports proteus.application.mining;
    exports proteus.application.node;
    exports proteus.application.port;
    exports proteus.application.request;
    exports proteus.application.runtime;
    exports proteus.application.session;
    exports proteus.application.sync;
    exports proteus.application.wire;
    exports proteus.application.wire.json;
}
