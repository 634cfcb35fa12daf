/** A libp2p engine on Netty, and the Neptune protocols on top of it. Empty so far; its place is kept. */
@org.jspecify.annotations.NullMarked
module proteus.adapters.libp2p {
    requires transitive proteus.application;
    requires static org.jspecify;
}
