package planted.domain.peer;

/** Says nothing by its name. */
public record PeerImpl(int peer) {}
