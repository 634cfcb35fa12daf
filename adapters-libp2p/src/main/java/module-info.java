/** A libp2p engine on Netty, and the Neptune protocols on top of it. */
@org.jspecify.annotations.NullMarked
module proteus.adapters.libp2p {
    requires transitive proteus.application;
    requires com.google.protobuf;
    requires transitive io.netty.buffer;
    requires io.netty.codec;
    requires transitive io.netty.codec.classes.quic;
    requires transitive io.netty.common;
    requires io.netty.handler;
    requires io.netty.tcnative.classes.openssl;
    requires transitive io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires static org.jspecify;

    exports proteus.adapters.libp2p.gateway;

    // What a program needs that uses the engine; the command `peer` does.
    exports proteus.adapters.libp2p.engine;
    exports proteus.adapters.libp2p.engine.event;
    exports proteus.adapters.libp2p.engine.identify;
    exports proteus.adapters.libp2p.engine.identity;
    exports proteus.adapters.libp2p.engine.limits;
    exports proteus.adapters.libp2p.engine.multiaddr;
    exports proteus.adapters.libp2p.engine.multistream;
    exports proteus.adapters.libp2p.engine.perf;
    exports proteus.adapters.libp2p.engine.ping;
    exports proteus.adapters.libp2p.engine.swarm;
    exports proteus.adapters.libp2p.engine.transport.quic;
    exports proteus.adapters.libp2p.engine.transport.tcp;
    exports proteus.adapters.libp2p.engine.upgrade;
    exports proteus.adapters.libp2p.engine.yamux;
}
