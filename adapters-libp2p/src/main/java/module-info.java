/** A libp2p engine on Netty, and the Neptune protocols on top of it. Nothing yet: its issue has not come. */
@org.jspecify.annotations.NullMarked
module proteus.adapters.libp2p {
    requires transitive proteus.application;
    requires static org.jspecify;
}
