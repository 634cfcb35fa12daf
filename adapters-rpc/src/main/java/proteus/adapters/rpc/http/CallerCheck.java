package proteus.adapters.rpc.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps web pages of others away from a server without authentication: a browser on the operator's machine must not be
 * made to call it, neither by a page of another origin, nor by one whose name its owner makes resolve to this machine.
 *
 * <p>Upstream has no such check. Programs that are no browsers send no {@code Origin}, and name the host as an address or
 * {@code localhost}.
 */
final class CallerCheck {

    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
    private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("\\[[0-9a-f:.]*:[0-9a-f:.]*(%[^]]*)?]");

    private final boolean onLoopback;

    /** For a server that listens on the loopback address, or on another, which may have any name. */
    CallerCheck(boolean onLoopback) {
        this.onLoopback = onLoopback;
    }

    /**
     * Whether a request may be served.
     *
     * @param host its {@code Host} header
     * @param origin its {@code Origin} header
     */
    boolean allows(Optional<String> host, Optional<String> origin) {
        boolean knownHost = !onLoopback || host.filter(CallerCheck::isLocal).isPresent();
        boolean ownOrigin = origin.isEmpty()
                || host.filter(name -> origin.get().equalsIgnoreCase("http://" + name))
                        .isPresent();
        return knownHost && ownOrigin;
    }

    /** Whether this is the name of this machine for itself, or an address, which no name server can redirect. */
    private static boolean isLocal(String host) {
        String name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || V4.matcher(name).matches()
                || V6.matcher(name).matches();
    }
}
