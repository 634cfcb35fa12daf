package proteus.domain.peer;

/**
 * One peer in a peer list.
 *
 * @param address where it listens
 * @param instanceId who it says it is
 */
public record PeerListEntry(PeerAddress address, InstanceId instanceId) {}
