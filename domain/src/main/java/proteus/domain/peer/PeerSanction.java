package proteus.domain.peer;

/** What a deed of a peer does to its standing. */
public sealed interface PeerSanction permits NegativePeerSanction, PositivePeerSanction {

    /** What is added to the score: negative for a punishment, positive for a reward. */
    int severity();
}
