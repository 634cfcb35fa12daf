package proteus.bootstrap.config;

import proteus.domain.peer.ConnectionSettings;

/**
 * How much of a node one place of the network may take by connecting to it over libp2p. The defaults are upstream's:
 * neptune-cash 0.19.4, {@code cli_args.rs}.
 *
 * @param openPerIp the most connections open at one time that came from one IP, not negative; 0 lets none in, it does not
 *     lift the limit
 * @param openPerPrefix the same from one /24 of IPv4 or one /64 of IPv6, positive
 * @param attemptsPerMinute the most attempts of one IP to connect within a minute, refused ones included, from 1 to
 *     {@value #MOST_ATTEMPTS}
 */
public record SourceQuotaSettings(int openPerIp, int openPerPrefix, int attemptsPerMinute) {

    /** The most attempts that can be asked for, since the time of each is kept. */
    public static final int MOST_ATTEMPTS = 1000;

    /** What a node uses whose operator says nothing. */
    public static final SourceQuotaSettings DEFAULT =
            new SourceQuotaSettings(ConnectionSettings.DEFAULT.maxConnectionsPerIp(), 8, 6);

    public SourceQuotaSettings {
        if (openPerIp < 0 || openPerPrefix < 1) {
            throw new IllegalArgumentException(
                    "open connections: " + openPerIp + " per IP, " + openPerPrefix + " per prefix");
        }
        if (attemptsPerMinute < 1 || attemptsPerMinute > MOST_ATTEMPTS) {
            throw new IllegalArgumentException(
                    "attempts per minute outside 1 to " + MOST_ATTEMPTS + ": " + attemptsPerMinute);
        }
    }
}
