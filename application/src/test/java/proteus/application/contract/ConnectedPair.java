package proteus.application.contract;

import proteus.application.port.PeerConnection;

/** The two ends of one connection. */
public record ConnectedPair(PeerConnection near, PeerConnection far) {}
