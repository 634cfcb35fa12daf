package proteus.adapters.libp2p.engine.limits;

/**
 * How much of this host one network address may take. A zero in one of the first three is no limit.
 *
 * @param openPerAddress inbound connections open at one time from one IP address; 0 is no limit
 * @param openPerPrefix the same from one prefix, /24 of IPv4 and /64 of IPv6; 0 is no limit
 * @param attemptsPerMinute attempts to connect within any 60 seconds from one IPv4 address or one /64 of IPv6, those
 *     included that were refused; 0 is no limit, at most {@value #MOST_ATTEMPTS}
 * @param sources how many addresses and prefixes each table holds, from 1 to {@value #MOST_SOURCES}; it bounds memory,
 *     at some 200 bytes and 8 for each attempt allowed
 * @param loopbackExempt whether addresses of this machine are admitted without being counted, as for tests on one machine
 */
public record SourceLimitSettings(
        int openPerAddress, int openPerPrefix, int attemptsPerMinute, int sources, boolean loopbackExempt) {

    /** The most attempts a minute that can be asked for, since the time of each is kept. */
    public static final int MOST_ATTEMPTS = 1_000;

    /** The largest table that can be asked for. */
    public static final int MOST_SOURCES = 1 << 20;

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public SourceLimitSettings {
        if (openPerAddress < 0 || openPerPrefix < 0) {
            throw new IllegalArgumentException(
                    "negative limit: " + openPerAddress + " per address, " + openPerPrefix + " per prefix");
        }
        if (attemptsPerMinute < 0 || attemptsPerMinute > MOST_ATTEMPTS) {
            throw new IllegalArgumentException(
                    "attempts per minute must be 0 to " + MOST_ATTEMPTS + ": " + attemptsPerMinute);
        }
        if (sources < 1 || sources > MOST_SOURCES) {
            throw new IllegalArgumentException("sources must be 1 to " + MOST_SOURCES + ": " + sources);
        }
    }

    /**
     * 4 open per address, 8 per prefix, 6 attempts a minute, 16 384 sources, loopback as any other.
     *
     * <p>The first three are what rust nodes in the field are known to run with. Sixteen thousand sources fit in four MiB
     * and are more than come to an honest host within a minute.
     */
    public static SourceLimitSettings defaults() {
        return new SourceLimitSettings(4, 8, 6, 1 << 14, false);
    }

    /** These settings, with loopback addresses exempt. */
    public SourceLimitSettings withLoopbackExempt() {
        return new SourceLimitSettings(openPerAddress, openPerPrefix, attemptsPerMinute, sources, true);
    }
}
