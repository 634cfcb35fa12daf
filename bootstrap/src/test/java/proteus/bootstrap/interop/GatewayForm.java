package proteus.bootstrap.interop;

import java.util.List;
import java.util.stream.Stream;
import proteus.application.frame.FrameEncoding;

/** The two protocols of the gateway, which differ in how messages are written. */
enum GatewayForm {
    V2("/id/stream-gateway-handshake/2.0"),
    /** The only one that 0.19.0 and older know. */
    V1("/id/stream-gateway-handshake/1.0");

    private final String id;

    GatewayForm(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    FrameEncoding encoding() {
        return switch (this) {
            case V2 -> FrameEncoding.BINCODE;
            case V1 -> FrameEncoding.JSON;
        };
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
