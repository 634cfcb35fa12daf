package planted.application.relay;

import tools.jackson.core.JsonToken;

/** Reads JSON outside the one package for it. */
public final class ParsesJson {
    public boolean isField(JsonToken token) {
        return token.isStructStart();
    }
}
