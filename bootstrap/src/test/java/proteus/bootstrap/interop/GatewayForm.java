package proteus.bootstrap.interop;

import java.util.List;
import java.util.stream.Stream;
import proteus.application.frame.FrameEncoding;

/** The two protocols of the gateway, which differ in how messages are written. */
enum GatewayForm {
    V2("/id/stream-gateway-handshake/2.0", FrameEncoding.BINCODE),
    /** The only one that 0.19.0 and older know. */
    V1("/id/stream-gateway-handshake/1.0", FrameEncoding.JSON);

    private final String id;
    private final FrameEncoding encoding;

    GatewayForm(String id, FrameEncoding encoding) {
        this.id = id;
        this.encoding = encoding;
    }

    String id() {
        return id;
    }

    FrameEncoding encoding() {
        return encoding;
    }

    /** What a stream of {@code protocol} speaks. */
    static GatewayForm of(String protocol) {
        return Stream.of(values())
                .filter(form -> form.id.equals(protocol))
                .findAny()
                .orElseThrow();
    }

    static List<String> ids(List<GatewayForm> forms) {
        return forms.stream().map(GatewayForm::id).toList();
    }
}
