package proteus.adapters.rpc;

import java.util.Optional;

/** Where the operator gets to the dashboard. Safe for use by many threads. */
@FunctionalInterface
public interface DashboardLinks {

    /** A fresh link that may give orders, for one browser; empty if the dashboard is not served. */
    Optional<String> fresh();
}
