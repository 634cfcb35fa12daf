package proteus.adapters.libp2p.engine.swarm;

import java.time.Duration;
import proteus.adapters.libp2p.engine.multistream.MultistreamSettings;

/**
 * What the streams of a host are negotiated with.
 *
 * @param negotiationTimeout for the protocol of one stream
 * @param maxNegotiating how many streams of one connection the remote may have under negotiation
 * @param idleTimeout how long a connection lives without a stream that keeps it alive; zero for ever
 */
record StreamSettings(
        MultistreamSettings multistream, Duration negotiationTimeout, int maxNegotiating, Duration idleTimeout) {}
