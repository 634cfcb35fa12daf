package proteus.adapters.libp2p.engine;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import proteus.adapters.libp2p.engine.event.EngineListener;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.limits.ConnectionGate;
import proteus.adapters.libp2p.engine.limits.HostLimits;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;
import proteus.adapters.libp2p.engine.limits.SourceLimits;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.multistream.MultistreamSettings;
import proteus.adapters.libp2p.engine.transport.quic.QuicSettings;
import proteus.adapters.libp2p.engine.transport.tcp.TcpSettings;
import proteus.adapters.libp2p.engine.yamux.YamuxSettings;

/**
 * All that a host is told. Made by {@link #builder}; what is not said there has the value that its setter names.
 *
 * @param identity who the host is
 * @param security the protocols that secure TCP connections, best first; not empty
 * @param earlyMuxer whether to agree on the multiplexer within the security handshake, where the remote can
 * @param tcp how TCP sockets are set
 * @param quic the limits of QUIC connections
 * @param yamux the limits of yamux sessions
 * @param multistream the limits of protocol negotiation
 * @param timeouts how long things may take
 * @param protocolVersion what identify says of the network or application; text of the caller's choice
 * @param agentVersion what identify says of the program
 * @param announced makes of the addresses at which the host listens those that identify tells; safe for use by many threads
 * @param limits what the host may hold
 * @param sources what one network address may take
 * @param sharedSources counts what network addresses take, if that is counted together with other servers; else they are
 *     counted by {@code sources}
 * @param gate who may connect
 * @param listener is told what happens
 * @param maxNegotiating how many streams a remote may have under negotiation on one connection, at least 1
 * @param dialConcurrency how many addresses of one peer are dialled at a time, at least 1
 * @param eventLoopThreads how many threads carry the connections, at least 1
 * @param clock the time of day, for certificates and limits
 * @param random the source of secrets
 */
public record HostSettings(
        Identity identity,
        List<Security> security,
        boolean earlyMuxer,
        TcpSettings tcp,
        QuicSettings quic,
        YamuxSettings yamux,
        MultistreamSettings multistream,
        Timeouts timeouts,
        String protocolVersion,
        String agentVersion,
        UnaryOperator<List<Multiaddr>> announced,
        HostLimits limits,
        SourceLimitSettings sources,
        Optional<SourceLimits> sharedSources,
        ConnectionGate gate,
        EngineListener listener,
        int maxNegotiating,
        int dialConcurrency,
        int eventLoopThreads,
        InstantSource clock,
        SecureRandom random) {

    /** Checks the ranges. */
    public HostSettings {
        security = List.copyOf(security);
        if (security.isEmpty()) {
            throw new IllegalArgumentException("no security protocol");
        }
        if (maxNegotiating < 1) {
            throw new IllegalArgumentException("streams under negotiation " + maxNegotiating);
        }
        if (dialConcurrency < 1) {
            throw new IllegalArgumentException("dial concurrency " + dialConcurrency);
        }
        if (eventLoopThreads < 1) {
            throw new IllegalArgumentException("event loop threads " + eventLoopThreads);
        }
    }

    /** Settings for the host with this identity. */
    public static Builder builder(Identity identity) {
        return new Builder(identity);
    }

    /** {@link Timeouts#idle()}. */
    public Duration idleTimeout() {
        return timeouts.idle();
    }

    /**
     * How long things may take.
     *
     * @param upgrade from a raw TCP connection to one that is secured and multiplexed, above zero
     * @param negotiation of the protocol of one stream, above zero
     * @param identify until the remote has said what it is, above zero
     * @param idle how long a connection lives without a stream that keeps it alive; zero for ever
     */
    public record Timeouts(Duration upgrade, Duration negotiation, Duration identify, Duration idle) {

        /** 10 s, 10 s, 60 s and 60 s, as neptune-core 0.19.4 has them. */
        public static final Timeouts STANDARD = new Timeouts(
                Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60));

        /** Checks the ranges. */
        public Timeouts {
            if (!upgrade.isPositive() || !negotiation.isPositive() || !identify.isPositive() || idle.isNegative()) {
                throw new IllegalArgumentException("timeouts: upgrade " + upgrade + ", negotiation " + negotiation
                        + ", identify " + identify + ", idle " + idle);
            }
        }

        /** The same with another idle time. */
        public Timeouts withIdle(Duration other) {
            return new Timeouts(upgrade, negotiation, identify, other);
        }
    }

    /** Collects settings. Not safe for use by many threads; each setter returns this builder. */
    public static final class Builder {

        private final Identity identity;
        private List<Security> security = List.of(Security.TLS, Security.NOISE);
        private boolean earlyMuxer = true;
        private TcpSettings tcp = TcpSettings.DEFAULT;
        private QuicSettings quic = QuicSettings.defaults();
        private YamuxSettings yamux = YamuxSettings.defaults();
        private MultistreamSettings multistream = MultistreamSettings.STANDARD;
        private Timeouts timeouts = Timeouts.STANDARD;
        private String protocolVersion = "";
        private String agentVersion = "";
        private UnaryOperator<List<Multiaddr>> announced = UnaryOperator.identity();
        private HostLimits limits = HostLimits.defaults();
        private SourceLimitSettings sources = SourceLimitSettings.defaults();
        private Optional<SourceLimits> sharedSources = Optional.empty();
        private ConnectionGate gate = ConnectionGate.open();
        private EngineListener listener = EngineListener.none();
        private int maxNegotiating = 128;
        private int dialConcurrency = 8;
        private int eventLoopThreads = Runtime.getRuntime().availableProcessors();
        private InstantSource clock = InstantSource.system();
        private SecureRandom random = new SecureRandom();

        private Builder(Identity identity) {
            this.identity = identity;
        }

        /** The protocols that secure TCP connections, best first. TLS, then Noise, if not set. */
        public Builder security(List<Security> value) {
            security = value;
            return this;
        }

        /** Whether to agree on the multiplexer within the handshake. Yes, if not set. */
        public Builder earlyMuxer(boolean value) {
            earlyMuxer = value;
            return this;
        }

        /** How TCP sockets are set. {@link TcpSettings#DEFAULT}, if not set. */
        public Builder tcp(TcpSettings value) {
            tcp = value;
            return this;
        }

        /** The limits of QUIC connections. {@link QuicSettings#defaults()}, if not set. */
        public Builder quic(QuicSettings value) {
            quic = value;
            return this;
        }

        /** The limits of yamux sessions. {@link YamuxSettings#defaults()}, if not set. */
        public Builder yamux(YamuxSettings value) {
            yamux = value;
            return this;
        }

        /** The limits of protocol negotiation. {@link MultistreamSettings#STANDARD}, if not set. */
        public Builder multistream(MultistreamSettings value) {
            multistream = value;
            return this;
        }

        /** How long things may take. {@link Timeouts#STANDARD}, if not set. */
        public Builder timeouts(Timeouts value) {
            timeouts = value;
            return this;
        }

        /** What identify says of the network or application. Nothing, if not set. */
        public Builder protocolVersion(String value) {
            protocolVersion = value;
            return this;
        }

        /** What identify says of the program. Nothing, if not set. */
        public Builder agentVersion(String value) {
            agentVersion = value;
            return this;
        }

        /** What identify tells of where the host listens. All of it as it is, if not set. */
        public Builder announced(UnaryOperator<List<Multiaddr>> value) {
            announced = value;
            return this;
        }

        /** What the host may hold. {@link HostLimits#defaults()}, if not set. */
        public Builder limits(HostLimits value) {
            limits = value;
            return this;
        }

        /** What one network address may take. {@link SourceLimitSettings#defaults()}, if not set. */
        public Builder sources(SourceLimitSettings value) {
            sources = value;
            return this;
        }

        /** Who counts what network addresses take, instead of this host itself. Nobody, if not set. */
        public Builder sharedSources(SourceLimits value) {
            sharedSources = Optional.of(value);
            return this;
        }

        /** Who may connect. Everybody, if not set. */
        public Builder gate(ConnectionGate value) {
            gate = value;
            return this;
        }

        /** Who is told what happens. Nobody, if not set. */
        public Builder listener(EngineListener value) {
            listener = value;
            return this;
        }

        /** How many streams a remote may have under negotiation on one connection. 128 as in rust, if not set. */
        public Builder maxNegotiating(int value) {
            maxNegotiating = value;
            return this;
        }

        /** How many addresses of one peer are dialled at a time. 8, if not set. */
        public Builder dialConcurrency(int value) {
            dialConcurrency = value;
            return this;
        }

        /** How many threads carry the connections. One a processor, if not set. */
        public Builder eventLoopThreads(int value) {
            eventLoopThreads = value;
            return this;
        }

        /** The time of day. The system's, if not set. */
        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        /** The source of secrets. The JDK's, if not set. */
        public Builder random(SecureRandom value) {
            random = value;
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException if one is out of its range
         */
        public HostSettings build() {
            return new HostSettings(
                    identity,
                    security,
                    earlyMuxer,
                    tcp,
                    quic,
                    yamux,
                    multistream,
                    timeouts,
                    protocolVersion,
                    agentVersion,
                    announced,
                    limits,
                    sources,
                    sharedSources,
                    gate,
                    listener,
                    maxNegotiating,
                    dialConcurrency,
                    eventLoopThreads,
                    clock,
                    random);
        }
    }
}
