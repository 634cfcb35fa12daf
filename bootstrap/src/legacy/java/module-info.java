/** The program: {@code main}, the command line, configuration, and the one place where everything is assembled. */
@org.jspecify.annotations.NullMarked
module proteus.bootstrap {
    requires proteus.adapters.legacytcp;
    requires proteus.adapters.libp2p;
    requires proteus.adapters.persistence;
    requires proteus.adapters.rpc;
    requires proteus.application;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires dagger;
    requires info.picocli;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires jakarta.inject;
    requires org.slf4j;
    requires org.tomlj;
    requires tools.jackson.core;
    requires static jdk.incubator.vector;
    requires static org.jspecify;

    // Commands are made and filled by reflection.
    opens proteus.bootstrap.command to
            info.picocli;
    // logback.xml names the layout.
    opens proteus.bootstrap.logging to
            ch.qos.logback.core;
}
