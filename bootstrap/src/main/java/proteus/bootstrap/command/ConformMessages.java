package proteus.bootstrap.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import proteus.application.wire.HandshakeRecordCodec;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.application.wire.json.PeerMessageJson;
import proteus.domain.peer.PeerMessage;

/** {@code conform messages}: do both wire forms agree with the real node's, byte for byte? */
@Command(
        name = "messages",
        header = "Decode each recorded message, encode it again and compare the bytes.",
        description = {
            "",
            "FILE has one JSON object a line: \"wire\" is the hex of a peer message in variable-width bincode, \"tag\" its "
                    + "kind; handshakes also have \"gateway_handshake\", the hex of the fixed-width record of the gateway. "
                    + "\"json\", if there, is the text of the same message as gateway 1.0 carries it."
        })
final class ConformMessages implements Callable<Integer> {

    private static final HexFormat HEX = HexFormat.of();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "JSON lines, plain or gzipped.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        Conformity conformity = new Conformity("kind");
        JsonLines.read(file, (number, line) -> check(conformity, line), conformity::unreadable);
        return conformity.report(spec.commandLine().getOut());
    }

    private static void check(Conformity conformity, JsonObject line) throws IOException {
        byte[] wire = line.bytes("wire");
        PeerMessage message;
        try {
            message = PeerMessageCodec.decode(wire);
        } catch (MalformedMessageException e) {
            String row = e.kind()
                    .map(kind -> kind.index() + " " + kind.upstreamName())
                    .orElse("unknown kind");
            conformity.line(row);
            conformity.check(row, line.line(), "decoding", "a message", String.valueOf(e.getMessage()));
            return;
        }
        String row = message.kind().index() + " " + message.kind().upstreamName();
        conformity.line(row);
        conformity.check(row, line.line(), "tag", line.number("tag"), (long)
                message.kind().index());
        conformity.check(
                row, line.line(), "wire", HEX.formatHex(wire), HEX.formatHex(PeerMessageCodec.encode(message)));
        if (message instanceof PeerMessage.Handshake handshake) {
            checkGateway(conformity, row, line, handshake);
        }
        line.optionalText("json").ifPresent(text -> checkJson(conformity, row, line, message, text));
    }

    private static void checkJson(
            Conformity conformity, String row, JsonObject line, PeerMessage message, String text) {
        try {
            PeerMessage decoded = PeerMessageJson.decode(text.getBytes(StandardCharsets.UTF_8));
            conformity.check(row, line.line(), "json, decoded", message, decoded);
        } catch (MalformedMessageException e) {
            conformity.disagree(row, line.line(), "json does not decode: " + e.getMessage());
        }
        String encoded = new String(PeerMessageJson.encode(message), StandardCharsets.UTF_8);
        conformity.check(row, line.line(), "json", text, encoded);
    }

    private static void checkGateway(
            Conformity conformity, String row, JsonObject line, PeerMessage.Handshake handshake) throws IOException {
        byte[] record = line.bytes("gateway_handshake");
        try {
            conformity.check(
                    row,
                    line.line(),
                    "gateway_handshake, decoded",
                    handshake.data(),
                    HandshakeRecordCodec.decode(record));
        } catch (MalformedMessageException e) {
            conformity.disagree(row, line.line(), "gateway_handshake does not decode: " + e.getMessage());
        }
        conformity.check(
                row,
                line.line(),
                "gateway_handshake",
                HEX.formatHex(record),
                HEX.formatHex(HandshakeRecordCodec.encode(handshake.data())));
    }
}
