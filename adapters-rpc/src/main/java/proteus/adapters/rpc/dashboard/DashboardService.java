package proteus.adapters.rpc.dashboard;

import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import proteus.adapters.rpc.http.HttpReply;
import proteus.adapters.rpc.http.HttpRequest;
import proteus.adapters.rpc.http.HttpService;
import proteus.adapters.rpc.http.HttpStatus;
import proteus.application.port.NodeControl;
import proteus.application.port.PeerKey;
import proteus.application.port.StoreException;

/** The page and its files, the stream of events, the journal of a peer, and what changes the node. Safe for use by many threads. */
final class DashboardService implements HttpService {

    private static final System.Logger LOGGER = System.getLogger(DashboardService.class.getName());

    private static final String EVENTS = "/events";
    private static final String JOURNAL = "/journal";
    private static final String SESSION = "/session";
    private static final String STAGE = "/stage";
    private static final Map<String, Set<String>> METHODS = Map.of(
            EVENTS, Set.of("GET"), JOURNAL, Set.of("GET"), SESSION, Set.of("GET", "POST"), STAGE, Set.of("POST"));

    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
                            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                            + "require-trusted-types-for 'script'; trusted-types 'none'"),
            Map.entry("X-Content-Type-Options", "nosniff"),
            Map.entry("X-Frame-Options", "DENY"),
            Map.entry("Referrer-Policy", "no-referrer"),
            Map.entry("Cross-Origin-Opener-Policy", "same-origin"),
            Map.entry("Cross-Origin-Resource-Policy", "same-origin"),
            Map.entry("Cross-Origin-Embedder-Policy", "require-corp"),
            Map.entry("Permissions-Policy", "camera=(), geolocation=(), microphone=(), usb=()"),
            Map.entry("Cache-Control", "no-store"));

    private final Map<String, Asset> assets = Asset.all();
    private final Feed feed;
    private final Orders orders;
    private final PeerJournals journals;

    DashboardService(NodeControl control, Feed feed, Access access, InstantSource clock) {
        this.feed = feed;
        this.journals = new PeerJournals(control.migration(), clock);
        this.orders = new Orders(control, feed, access);
    }

    @Override
    public String name() {
        return "dashboard";
    }

    @Override
    public Set<String> methods(String path) {
        if (assets.containsKey(path)) {
            return Set.of("GET");
        }
        return METHODS.getOrDefault(path, Set.of());
    }

    @Override
    public String hint() {
        return "";
    }

    @Override
    public Map<String, String> fields() {
        return FIELDS;
    }

    @Override
    public HttpReply answer(HttpRequest request) {
        if (!isOwn(request)) {
            return HttpReply.text(HttpStatus.FORBIDDEN, "Pages of others are not served.\n");
        }
        try {
            return switch (request.path()) {
                case EVENTS -> events();
                case JOURNAL -> journal(request);
                case SESSION ->
                    request.method().equals("POST") ? orders.openSession(request) : orders.tellSession(request);
                case STAGE -> orders.setStage(request);
                default ->
                    Optional.ofNullable(assets.get(request.path()))
                            .map(Asset::reply)
                            .orElseGet(() -> HttpReply.text(HttpStatus.NOT_FOUND, ""));
            };
        } catch (StoreException failure) {
            LOGGER.log(Level.WARNING, "the store failed the dashboard at " + request.path(), failure);
            return HttpReply.text(HttpStatus.UNAVAILABLE, "The store failed: " + failure.getMessage() + "\n");
        } catch (RuntimeException fault) {
            LOGGER.log(Level.ERROR, "cannot tell the dashboard what it asks for at " + request.path(), fault);
            return HttpReply.text(HttpStatus.UNAVAILABLE, "This failed; the node's log says why.\n");
        }
    }

    /** Whether it is the page that asks, or somebody who opens it; a browser says what it is, programs say nothing. */
    private static boolean isOwn(HttpRequest request) {
        String site = request.field("sec-fetch-site").orElse("none");
        boolean opens = request.path().equals("/")
                && request.field("sec-fetch-mode").filter("navigate"::equals).isPresent()
                && request.field("sec-fetch-dest").filter("document"::equals).isPresent();
        return site.equals("none") || site.equals("same-origin") || opens;
    }

    private HttpReply events() {
        return feed.watch()
                .map(EventStream::reply)
                .orElseGet(() -> HttpReply.text(HttpStatus.UNAVAILABLE, "Too many watch this node.\n"));
    }

    private HttpReply journal(HttpRequest request) throws StoreException {
        Optional<PeerKey> peer = request.asked("peer").flatMap(PeerKey::parse);
        if (peer.isEmpty()) {
            return HttpReply.text(HttpStatus.BAD_REQUEST, "A peer is a peer id, or an IP and a port.\n");
        }
        return journals.of(peer.get(), NodeView.JOURNAL)
                .map(entries -> Json.reply(HttpStatus.OK, json -> NodeView.writeJournal(json, entries)))
                .orElseGet(() -> HttpReply.text(HttpStatus.UNAVAILABLE, "Too many ask for a journal.\n"));
    }

    @Override
    public HttpReply tooLong(String path, long length) {
        return HttpReply.text(HttpStatus.BODY_TOO_LARGE, "Nothing that long is taken here.\n");
    }
}
