package proteus.adapters.libp2p.engine.event;

import proteus.adapters.libp2p.engine.limits.ResourceRefusal;

/** What a limit of this host has prevented. */
public sealed interface ResourceEvent extends EngineEvent {

    /**
     * A scope has refused a connection, a stream or memory.
     *
     * @param refusal which scope, and which resource
     */
    record Refused(ResourceRefusal refusal) implements ResourceEvent {}
}
