/** Neptune's original TCP stack, on Netty. Nothing yet: its issue has not come. */
@org.jspecify.annotations.NullMarked
module proteus.adapters.legacytcp {
    requires transitive proteus.application;
    requires static org.jspecify;
}
