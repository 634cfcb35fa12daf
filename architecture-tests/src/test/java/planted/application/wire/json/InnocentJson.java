package planted.application.wire.json;

import tools.jackson.core.JsonToken;

/** Reads JSON where it may. */
public final class InnocentJson {
    public boolean isField(JsonToken token) {
        return token.isStructStart();
    }
}
