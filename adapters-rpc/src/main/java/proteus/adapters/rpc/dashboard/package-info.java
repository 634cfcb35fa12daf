/**
 * The dashboard: a page for the operator, served by the node on loopback, live by server-sent events. It shows the peers, how far
 * the node has gone to libp2p, and both stacks side by side, and sets the stage.
 *
 * <p>{@link proteus.adapters.rpc.dashboard.DashboardServer} serves it. A {@code Feed} takes a {@code View} of the node once a
 * second; each {@code EventStream} tells a browser what has changed since it was told last. {@code Access} knows who may
 * change something. The page itself is in the resources of this package.
 */
@org.jspecify.annotations.NullMarked
package proteus.adapters.rpc.dashboard;
