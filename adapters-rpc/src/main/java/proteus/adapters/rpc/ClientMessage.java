package proteus.adapters.rpc;

import java.time.Duration;

/** What a client sends: one frame each. */
sealed interface ClientMessage {

    /**
     * A call.
     *
     * @param id by which the answer is matched; unsigned 64 bits, the client's choice
     * @param timeLeft how long the client waits for the answer from now on
     * @param method the method's name in upper camel case; not yet known to be one
     * @param arguments the arguments by name
     */
    record Request(long id, Duration timeLeft, String method, Arguments arguments) implements ClientMessage {}

    /**
     * The client no longer wants an answer.
     *
     * @param requestId the id of the call
     */
    record Cancel(long requestId) implements ClientMessage {}
}
