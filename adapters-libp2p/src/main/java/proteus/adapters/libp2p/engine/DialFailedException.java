package proteus.adapters.libp2p.engine;

import java.util.List;
import java.util.stream.Collectors;
import proteus.adapters.libp2p.engine.event.FailureReason;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/** None of the addresses of a peer led to it. */
public final class DialFailedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<Attempt> attempts;

    /**
     * One address, and why it did not lead to the peer.
     *
     * @param address what was dialled
     * @param reason what kind of failure it was
     * @param cause what happened
     */
    public record Attempt(Multiaddr address, FailureReason reason, Throwable cause) {}

    /** Says of every address why. */
    public DialFailedException(List<Attempt> attempts) {
        super(text(attempts), attempts.isEmpty() ? null : attempts.getFirst().cause());
        this.attempts = List.copyOf(attempts);
    }

    /** Every address with its cause, in the order of their ends. */
    public List<Attempt> attempts() {
        return attempts;
    }

    private static String text(List<Attempt> attempts) {
        if (attempts.isEmpty()) {
            return "no address to dial";
        }
        return attempts.stream()
                .map(attempt -> attempt.address() + ": " + reason(attempt.cause()))
                .collect(Collectors.joining("; "));
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
