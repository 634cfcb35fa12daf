package proteus.application.request;

import proteus.domain.peer.PeerId;

/**
 * A peer that announced an object.
 *
 * @param peer who
 * @param inbound whether the peer opened the connection
 * @param verified whether the announcement proves that the object exists
 */
public record Announcer(PeerId peer, boolean inbound, boolean verified) {}
