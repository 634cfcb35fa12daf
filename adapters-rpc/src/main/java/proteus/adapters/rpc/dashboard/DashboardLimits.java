package proteus.adapters.rpc.dashboard;

import java.time.Duration;
import proteus.adapters.rpc.http.HttpLimits;

/**
 * What browsers may cost.
 *
 * @param http what each connection may; the time to write an answer is that of one event, too
 * @param maxWatchers how many may be told of changes at a time
 * @param pace between two looks at the node
 */
record DashboardLimits(HttpLimits http, int maxWatchers, Duration pace) {

    /** An order is a line. */
    private static final int MAX_ORDER = 1 << 10;

    /** What a node has. */
    static final DashboardLimits DEFAULT = new DashboardLimits(
            new HttpLimits(
                    MAX_ORDER,
                    64,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(2)),
            16,
            Duration.ofSeconds(1));
}
