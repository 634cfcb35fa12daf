/**
 * What this host is ready to spend on others: connections, streams, bytes; in all, and on each peer and source.
 *
 * <p>Three things that ask different questions, in the order in which a connection meets them:
 *
 * <ol>
 *   <li>{@link proteus.adapters.libp2p.engine.limits.SourceLimits}: does this network address come too often?
 *   <li>{@link proteus.adapters.libp2p.engine.limits.ConnectionGate}: does the user of the engine want this remote?
 *   <li>{@link proteus.adapters.libp2p.engine.limits.SystemScope}: is there room? A tree of scopes, in which whoever
 *       takes something takes it from its scope and from all above, or from none.
 * </ol>
 *
 * <p>Nothing here knows a channel, a protocol or a timer: who asks acts on the answer. All types are safe for use by many
 * threads and never wait for anything but a short lock, so that an event loop may call them.
 */
package proteus.adapters.libp2p.engine.limits;
