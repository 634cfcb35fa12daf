package proteus.adapters.libp2p.engine.event;

import java.util.List;
import proteus.adapters.libp2p.engine.identity.PeerId;

/** Something that a protocol of the engine has found out about a remote. */
public sealed interface ProtocolEvent extends EngineEvent {

    /** The number of the connection. */
    long connection();

    /**
     * The remote broke the rules of a protocol.
     *
     * @param protocol which one
     * @param text what it did, with the values
     */
    record Violated(long connection, ViolatedProtocol protocol, String text) implements ProtocolEvent {}

    /**
     * The remote has said what it is, in answer to a question or by itself.
     *
     * @param peer who it is
     * @param protocolVersion which network or application it belongs to; may be empty
     * @param agentVersion which program it runs; may be empty
     * @param protocols the protocol ids that it speaks
     * @param pushed whether it said so without being asked
     */
    record Identified(
            long connection,
            PeerId peer,
            String protocolVersion,
            String agentVersion,
            List<String> protocols,
            boolean pushed)
            implements ProtocolEvent {

        /** Copies the list. */
        public Identified {
            protocols = List.copyOf(protocols);
        }
    }

    /**
     * The remote has answered a ping.
     *
     * @param nanos how long the answer took, in nanoseconds
     */
    record Pinged(long connection, long nanos) implements ProtocolEvent {}

    /**
     * The remote has not answered a ping, or not with what it was sent.
     *
     * @param text what happened
     */
    record PingFailed(long connection, String text) implements ProtocolEvent {}
}
