package proteus.bootstrap.interop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.application.wire.json.PeerMessageJson;

/** What a peer may say in JSON that it should not, or has no use for. */
final class JsonNonsense {

    private JsonNonsense() {}

    /** What is said over the gateway in this form. */
    static List<Nonsense> in(GatewayForm form) throws IOException {
        return switch (form) {
            case V2 -> Nonsense.all();
            case V1 -> all();
        };
    }

    /** All of the {@link Nonsense} whose frames are whole messages, written in JSON, and what can be broken in JSON alone. */
    private static List<Nonsense> all() throws IOException {
        List<Nonsense> all = new ArrayList<>();
        for (Nonsense nonsense : Nonsense.all()) {
            inJson(nonsense).ifPresent(all::add);
        }
        all.addAll(broken());
        return all;
    }

    private static Optional<Nonsense> inJson(Nonsense nonsense) {
        if (nonsense.unfinished()) {
            return Optional.empty();
        }
        List<byte[]> frames = new ArrayList<>();
        for (byte[] frame : nonsense.bytes()) {
            try {
                byte[] payload = Arrays.copyOfRange(frame, 4, frame.length);
                frames.add(frame(PeerMessageJson.encode(PeerMessageCodec.decode(payload))));
            } catch (MalformedMessageException noMessage) {
                return Optional.empty();
            }
        }
        return Optional.of(new Nonsense(nonsense.name(), nonsense.version(), frames, false));
    }

    private static List<Nonsense> broken() {
        return List.of(
                said("an empty frame", ""),
                said("an unknown name", "\"Hello\""),
                said("an unknown name in an object", "{\"Hello\":1}"),
                said("a name that does not end", "\"Bye"),
                said("a name that does not end within 64 bytes", "\"" + "B".repeat(100)),
                said("an object without a name", "{}"),
                said("an object with two names", "{\"BlockRequestByHeight\":1,\"Bye\":null}"),
                said("a number", "17"),
                said("an array", "[\"Bye\"]"),
                said("null", "null"),
                said("a name within blanks", " \t\r\n\"BlockNotificationRequest\" \n"),
                said("a name with an escape", "\"BlockNotification\\u0052equest\""),
                said("a name in lower case", "\"blocknotificationrequest\""),
                said("a name with a payload of null", "{\"BlockNotificationRequest\":null}"),
                said("a name with a payload", "{\"BlockNotificationRequest\":1}"),
                said("a name without its payload", "\"BlockRequestByHeight\""),
                said("two documents", "\"BlockNotificationRequest\"\"BlockNotificationRequest\""),
                said("a document and a byte", "\"BlockNotificationRequest\"x"),
                said("a document and a comma", "\"BlockNotificationRequest\","),
                said("a height that is a text", "{\"BlockRequestByHeight\":\"1\"}"),
                said("a height that is a fraction", "{\"BlockRequestByHeight\":1.5}"),
                said("a height with an exponent", "{\"BlockRequestByHeight\":1e0}"),
                said("a height below zero", "{\"BlockRequestByHeight\":-1}"),
                said("a height of zero below zero", "{\"BlockRequestByHeight\":-0}"),
                said("a height with a leading zero", "{\"BlockRequestByHeight\":01}"),
                said("a height of 2^64 - 1", "{\"BlockRequestByHeight\":18446744073709551615}"),
                said("a height of 2^64", "{\"BlockRequestByHeight\":18446744073709551616}"),
                said("a height of p", "{\"BlockRequestByHeight\":18446744069414584321}"),
                said("a hash in upper case", "{\"BlockRequestByHash\":\"" + "0A".repeat(40) + "\"}"),
                said("a hash that is too short", "{\"BlockRequestByHash\":\"" + "00".repeat(39) + "\"}"),
                said("a hash of no field elements", "{\"BlockRequestByHash\":\"" + "ff".repeat(40) + "\"}"),
                said("a status of no kind", "{\"ConnectionStatus\":\"Maybe\"}"),
                said("a refusal of another reason", "{\"ConnectionStatus\":{\"Refused\":{\"Other\":7}}}"),
                said("a refusal of reason 256", "{\"ConnectionStatus\":{\"Refused\":{\"Other\":256}}}"),
                said("a peer with a name for an address", "{\"PeerListResponse\":[[\"localhost:9798\",1]]}"),
                said("a peer with an array too long", "{\"PeerListResponse\":[[\"8.8.8.8:9798\",1,2]]}"),
                said(
                        "a peer with an id of 2^128",
                        "{\"PeerListResponse\":[[\"8.8.8.8:9798\",340282366920938463463374607431768211456]]}"),
                said("JSON: bytes that are not UTF-8", frame(new byte[] {'"', (byte) 0xFF, '"'})),
                said("JSON: bincode", frame(new byte[] {0x11})),
                said("a byte order mark", "\uFEFF\"BlockNotificationRequest\""));
    }

    private static Nonsense said(String name, String text) {
        return said("JSON: " + name, frame(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Nonsense said(String name, byte[] frame) {
        return new Nonsense(name, "0.19.4", List.of(frame), false);
    }

    private static byte[] frame(byte[] payload) {
        return ByteBuffer.allocate(4 + payload.length)
                .putInt(payload.length)
                .put(payload)
                .array();
    }
}
