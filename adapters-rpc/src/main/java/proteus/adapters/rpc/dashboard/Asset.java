package proteus.adapters.rpc.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import proteus.adapters.rpc.http.HttpReply;
import proteus.adapters.rpc.http.HttpStatus;

/** A file of the page, from this module's resources. What is not listed here is not there, whatever a path says. */
@SuppressWarnings("ArrayRecordComponent") // written out, never compared
record Asset(String type, byte[] bytes) {

    private static final List<String> SCRIPTS = List.of(
            "theme.js",
            "dashboard.js",
            "access.js",
            "adoption.js",
            "comparison.js",
            "dom.js",
            "events.js",
            "format.js",
            "journal.js",
            "overview.js",
            "peers.js",
            "reasons.js",
            "stage.js");

    /** All of them, by their paths. */
    static Map<String, Asset> all() {
        Map<String, Asset> all = new LinkedHashMap<>();
        all.put("/", read("index.html", "text/html; charset=utf-8"));
        all.put("/dashboard.css", read("dashboard.css", "text/css; charset=utf-8"));
        all.put("/icon.svg", read("icon.svg", "image/svg+xml"));
        SCRIPTS.forEach(script -> all.put("/" + script, read(script, "text/javascript; charset=utf-8")));
        return Map.copyOf(all);
    }

    private static Asset read(String name, String type) {
        try (InputStream file = Asset.class.getResourceAsStream("page/" + name)) {
            if (file == null) {
                throw new IllegalStateException("this build has no " + name);
            }
            return new Asset(type, file.readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    HttpReply reply() {
        return new HttpReply(HttpStatus.OK, type, out -> out.write(bytes));
    }
}
