package proteus.adapters.libp2p.gateway;

import static java.util.Objects.requireNonNull;

import io.netty.util.internal.PlatformDependent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import proteus.adapters.libp2p.engine.event.AcceptRefusal;
import proteus.adapters.libp2p.engine.event.CloseCause;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.event.EngineEvent;
import proteus.adapters.libp2p.engine.event.EngineListener;
import proteus.adapters.libp2p.engine.event.FailureReason;
import proteus.adapters.libp2p.engine.event.ProtocolEvent;
import proteus.adapters.libp2p.engine.event.ResourceEvent;
import proteus.adapters.libp2p.engine.event.StreamEvent;
import proteus.adapters.libp2p.engine.event.StreamRefusal;
import proteus.adapters.libp2p.engine.event.ViolatedProtocol;
import proteus.adapters.libp2p.engine.limits.Direction;
import proteus.adapters.libp2p.engine.limits.Resource;
import proteus.adapters.libp2p.engine.limits.ResourceRefusal;
import proteus.adapters.libp2p.engine.limits.ResourceUsage;
import proteus.application.port.Instrument;
import proteus.application.port.Measurement;

/**
 * Counts what happens in the libp2p engine. Whatever remotes do, the memory for it stays the same: all is counted by what
 * this program has names for.
 */
final class EngineInstrument implements EngineListener, Instrument {

    private final Supplier<ResourceUsage> usage;
    private final Tally<Direction> established = new Tally<>(Direction.values());
    private final Tally<FailureReason> dialFailures = new Tally<>(FailureReason.values());
    private final Tally<FailureReason> acceptFailures = new Tally<>(FailureReason.values());
    private final Tally<AcceptRefusal> refusedAtAccept = new Tally<>(AcceptRefusal.values());
    private final Tally<CloseCause> closed = new Tally<>(CloseCause.values());
    private final Tally<Direction> streams = new Tally<>(Direction.values());
    private final Tally<StreamRefusal> refusedStreams = new Tally<>(StreamRefusal.values());
    private final Tally<ViolatedProtocol> violations = new Tally<>(ViolatedProtocol.values());
    private final Tally<Resource> limits = new Tally<>(Resource.values());
    private final LongAdder streamResets = new LongAdder();
    private final LongAdder negotiationFailures = new LongAdder();
    private final LongAdder unanswered = new LongAdder();
    private final LongAdder read = new LongAdder();
    private final LongAdder written = new LongAdder();

    /** Of a host whose usage it asks when it is asked itself. */
    EngineInstrument(Supplier<ResourceUsage> usage) {
        this.usage = usage;
    }

    /** How often each of a few things happened. */
    private static final class Tally<E extends Enum<E>> {

        private final Map<E, LongAdder> counts = new TreeMap<>();

        Tally(E[] kinds) {
            for (E kind : kinds) {
                counts.put(kind, new LongAdder());
            }
        }

        void count(E kind) {
            requireNonNull(counts.get(kind)).increment();
        }

        void addTo(List<Measurement> all, String name, String help, String label) {
            counts.forEach((kind, count) ->
                    all.add(Measurement.counter(name, help, label, kind.name().toLowerCase(Locale.ROOT), count.sum())));
        }
    }

    @Override
    public void on(EngineEvent event) {
        switch (event) {
            case ConnectionEvent connection -> on(connection);
            case StreamEvent stream -> on(stream);
            case ProtocolEvent protocol -> on(protocol);
            case ResourceEvent.Refused(ResourceRefusal.LimitReached reached) -> limits.count(reached.resource());
            case ResourceEvent.Refused(ResourceRefusal.ScopeClosed _) -> {}
        }
    }

    private void on(ConnectionEvent event) {
        switch (event) {
            case ConnectionEvent.Established ready ->
                established.count(ready.info().direction());
            case ConnectionEvent.DialFailed failed -> dialFailures.count(failed.reason());
            case ConnectionEvent.AcceptFailed failed -> acceptFailures.count(failed.reason());
            case ConnectionEvent.RefusedAtAccept refused -> refusedAtAccept.count(refused.reason());
            case ConnectionEvent.Closed ended -> closed.count(ended.cause());
            case ConnectionEvent.DialBegun _,
                    ConnectionEvent.AcceptBegun _,
                    ConnectionEvent.SecuritySucceeded _,
                    ConnectionEvent.SecurityFailed _ -> {}
        }
    }

    private void on(StreamEvent event) {
        switch (event) {
            case StreamEvent.Opened opened -> streams.count(opened.direction());
            case StreamEvent.Refused refused -> refusedStreams.count(refused.reason());
            case StreamEvent.NegotiationFailed _ -> negotiationFailures.increment();
            case StreamEvent.Reset _ -> streamResets.increment();
            case StreamEvent.Closed _ -> {}
        }
    }

    private void on(ProtocolEvent event) {
        switch (event) {
            case ProtocolEvent.Violated violated -> violations.count(violated.protocol());
            case ProtocolEvent.PingFailed _ -> unanswered.increment();
            case ProtocolEvent.Identified _, ProtocolEvent.Pinged _ -> {}
        }
    }

    @Override
    public void transferred(long connection, long bytesRead, long bytesWritten) {
        read.add(bytesRead);
        written.add(bytesWritten);
    }

    @Override
    public List<Measurement> measurements() {
        List<Measurement> all = new ArrayList<>();
        addUsageTo(all);
        established.addTo(
                all,
                "proteus_libp2p_connections_established",
                "libp2p connections that became ready for streams, by who dialled.",
                "direction");
        closed.addTo(
                all,
                "proteus_libp2p_connections_closed",
                "Established libp2p connections that ended, by why.",
                "cause");
        dialFailures.addTo(
                all, "proteus_libp2p_dial_failures", "Addresses that were dialled in vain, by why.", "reason");
        acceptFailures.addTo(
                all,
                "proteus_libp2p_accept_failures",
                "Remotes that connected and did not come to an established connection, by why.",
                "reason");
        refusedAtAccept.addTo(
                all,
                "proteus_libp2p_accept_refusals",
                "Remotes that were turned away before a byte was read, by whose refusal it was.",
                "reason");
        streams.addTo(
                all,
                "proteus_libp2p_streams_opened",
                "Streams whose protocol was agreed on, by who opened them.",
                "direction");
        refusedStreams.addTo(
                all, "proteus_libp2p_stream_refusals", "Streams that were not let in or not opened, by why.", "reason");
        violations.addTo(
                all, "proteus_libp2p_violations", "Remotes that broke the rules of a protocol, by which.", "protocol");
        limits.addTo(
                all,
                "proteus_libp2p_limit_refusals",
                "What a limit of the engine prevented, by what would have run out.",
                "resource");
        addCountsTo(all);
        return all;
    }

    private void addUsageTo(List<Measurement> all) {
        ResourceUsage now = usage.get();
        String connections = "libp2p connections that are open or being made, by who dialled.";
        String open = "Streams that are open, by who opened them.";
        all.add(Measurement.gauge(
                "proteus_libp2p_connections", connections, "direction", "inbound", now.inboundConnections()));
        all.add(Measurement.gauge(
                "proteus_libp2p_connections", connections, "direction", "outbound", now.outboundConnections()));
        all.add(Measurement.gauge("proteus_libp2p_streams", open, "direction", "inbound", now.inboundStreams()));
        all.add(Measurement.gauge("proteus_libp2p_streams", open, "direction", "outbound", now.outboundStreams()));
        all.add(Measurement.gauge(
                "proteus_libp2p_memory_bytes",
                "Bytes that the engine holds, or has told remotes that they may send.",
                now.memory()));
        all.add(Measurement.gauge(
                "proteus_netty_direct_memory_bytes",
                "Memory outside the heap that Netty takes past the JVM's count, over all nodes of the process; -1 if "
                        + "the JVM counts it.",
                PlatformDependent.usedDirectMemory()));
    }

    private void addCountsTo(List<Measurement> all) {
        all.add(Measurement.counter("proteus_libp2p_stream_resets", "Streams that were cut off.", streamResets.sum()));
        all.add(Measurement.counter(
                "proteus_libp2p_negotiation_failures",
                "Streams for which no protocol was agreed on.",
                negotiationFailures.sum()));
        all.add(Measurement.counter(
                "proteus_libp2p_unanswered_pings", "Pings that got no right answer.", unanswered.sum()));
        all.add(Measurement.counter(
                "proteus_libp2p_received_bytes",
                "Bytes from libp2p connections, encryption and framing included.",
                read.sum()));
        all.add(Measurement.counter(
                "proteus_libp2p_sent_bytes",
                "Bytes to libp2p connections, encryption and framing included.",
                written.sum()));
    }
}
