/**
 * What this node's own libp2p protocols say, and the bridge between that and the messages that all of the node knows.
 *
 * <p>{@link proteus.application.bridge.Libp2pMessage} sorts what peers say by how it travels: requests with their answers,
 * gossip in envelopes, frames of a sync. {@link proteus.application.bridge.MessageBridge} translates each {@link
 * proteus.domain.peer.PeerMessage} into one of them and back, without loss. How it is written is an adapter's affair.
 */
package proteus.application.bridge;
