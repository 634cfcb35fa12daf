/** Neptune's original TCP stack, on Netty: sockets and handshakes of the legacy port. */
@org.jspecify.annotations.NullMarked
module proteus.adapters.legacytcp {
    requires transitive proteus.application;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires static org.jspecify;

    exports proteus.adapters.legacytcp;
}
