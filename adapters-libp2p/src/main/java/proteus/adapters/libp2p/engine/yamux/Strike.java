package proteus.adapters.libp2p.engine.yamux;

/** What the remote may do, but not too often. The session writes one each time, for the {@link StrikeLimit} before it. */
enum Strike {
    /** A frame for a stream that is not there. */
    IGNORED_FRAME,
    /** A stream above the limit. */
    REFUSED_STREAM,
    /** A stream that the remote has reset. */
    REMOTE_RESET
}
