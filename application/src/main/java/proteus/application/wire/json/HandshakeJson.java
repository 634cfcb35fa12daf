package proteus.application.wire.json;

import java.math.BigInteger;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.MalformedMessageException.Reason;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.MagicValue;
import proteus.domain.peer.PeerMessage.Handshake;
import proteus.domain.peer.PeerTime;
import proteus.domain.peer.TransferConnectionStatus;

/** What is exchanged when a connection starts. Source: neptune-p2p 0.19.4. */
final class HandshakeJson {

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private HandshakeJson() {}

    static Handshake readHandshake(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var magicValue = members.member("magic_value", reader -> NumberLists.bytes(reader, MagicValue.LENGTH));
        var data = members.member("data", HandshakeJson::readData);
        members.read();
        return new Handshake(new MagicValue(magicValue.value()), data.value());
    }

    static void write(JsonWriter out, Handshake handshake) {
        out.startObject();
        out.member("magic_value", handshake.magicValue().bytes(), JsonWriter::bytes);
        out.member("data", handshake.data(), HandshakeJson::write);
        out.endObject();
    }

    private static HandshakeData readData(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var tipHeader = members.member("tip_header", HeaderJson::readHeader);
        var listenPort = members.optional("listen_port", JsonReader::u16);
        var network = members.member("network", HandshakeJson::readNetwork);
        var instanceId = members.member("instance_id", HandshakeJson::readInstanceId);
        var version = members.member("version", reader -> readCut(reader, HandshakeData.MAX_VERSION_BYTES));
        var isArchivalNode = members.member("is_archival_node", JsonReader::bool);
        var isBootstrapperNode = members.member("is_bootstrapper_node", JsonReader::bool);
        var timestamp = members.member("timestamp", HandshakeJson::readTime);
        var extraData = members.member("extra_data", reader -> readCut(reader, HandshakeData.MAX_EXTRA_DATA_BYTES));
        members.read();
        return new HandshakeData(
                tipHeader.value(),
                listenPort.value(),
                network.value(),
                instanceId.value(),
                version.value(),
                isArchivalNode.value(),
                isBootstrapperNode.value(),
                timestamp.value(),
                extraData.value());
    }

    private static void write(JsonWriter out, HandshakeData data) {
        out.startObject();
        out.member("tip_header", data.tipHeader(), HeaderJson::write);
        out.member("listen_port", data.listenPort(), (o, port) -> o.optional(port, JsonWriter::number));
        out.member("network", data.network(), HandshakeJson::write);
        out.member("instance_id", data.instanceId(), HandshakeJson::write);
        out.member("version", data.version(), JsonWriter::text);
        out.member("is_archival_node", data.isArchivalNode(), JsonWriter::bool);
        out.member("is_bootstrapper_node", data.isBootstrapperNode(), JsonWriter::bool);
        out.member("timestamp", data.timestamp(), HandshakeJson::write);
        out.member("extra_data", data.extraData(), JsonWriter::text);
        out.endObject();
    }

    /** A string, cut at a character boundary to at most {@code capacity} bytes if it is longer, as upstream does. */
    private static String readCut(JsonReader in, int capacity) throws MalformedMessageException {
        String text = in.plainText();
        int bytes = 0;
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x1_0000 ? 3 : 4;
            if (bytes > capacity) {
                return text.substring(0, at);
            }
            at += Character.charCount(character);
        }
        return text;
    }

    private static Network readNetwork(JsonReader in) throws MalformedMessageException {
        JsonVariant variant = in.variant();
        return switch (variant.name()) {
            case "Main" -> variant.unit(new Network.Main());
            case "TestnetMock" -> variant.unit(new Network.TestnetMock());
            case "RegTest" -> variant.unit(new Network.RegTest());
            case "Testnet" -> new Network.Testnet(variant.payload(JsonReader::u8));
            default -> throw in.fault(Reason.UNKNOWN_VARIANT);
        };
    }

    private static void write(JsonWriter out, Network network) {
        switch (network) {
            case Network.Main() -> out.variant("Main");
            case Network.TestnetMock() -> out.variant("TestnetMock");
            case Network.RegTest() -> out.variant("RegTest");
            case Network.Testnet(int number) -> out.variant("Testnet", number, JsonWriter::number);
        }
    }

    static InstanceId readInstanceId(JsonReader in) throws MalformedMessageException {
        BigInteger id = in.u128();
        return new InstanceId(id.shiftRight(Long.SIZE).longValue(), id.longValue());
    }

    static void write(JsonWriter out, InstanceId id) {
        out.u128(id.high(), id.low());
    }

    /** Nanoseconds of a whole second and more are added to the seconds; what a signed clock cannot hold is a fault. */
    private static PeerTime readTime(JsonReader in) throws MalformedMessageException {
        JsonMembers members = in.members();
        var secsSinceEpoch = members.member("secs_since_epoch", JsonReader::u64);
        var nanosSinceEpoch = members.member("nanos_since_epoch", JsonReader::u32);
        members.read();
        long seconds = secsSinceEpoch.value();
        long nanos = Integer.toUnsignedLong(nanosSinceEpoch.value());
        long total = seconds + nanos / NANOS_PER_SECOND;
        if (seconds < 0 || total < 0) {
            throw in.fault(Reason.TIME_OVERFLOW);
        }
        return new PeerTime(total, (int) (nanos % NANOS_PER_SECOND));
    }

    private static void write(JsonWriter out, PeerTime time) {
        out.startObject();
        out.member("secs_since_epoch", time.seconds(), JsonWriter::u64);
        out.member("nanos_since_epoch", time.nanos(), JsonWriter::number);
        out.endObject();
    }

    static TransferConnectionStatus readStatus(JsonReader in) throws MalformedMessageException {
        JsonVariant variant = in.variant();
        return switch (variant.name()) {
            case "Refused" -> new TransferConnectionStatus.Refused(variant.payload(HandshakeJson::readReason));
            case "Accepted" -> variant.unit(new TransferConnectionStatus.Accepted());
            default -> throw in.fault(Reason.UNKNOWN_VARIANT);
        };
    }

    static void write(JsonWriter out, TransferConnectionStatus status) {
        switch (status) {
            case TransferConnectionStatus.Refused(ConnectionRefusedReason reason) ->
                out.variant("Refused", reason, HandshakeJson::write);
            case TransferConnectionStatus.Accepted() -> out.variant("Accepted");
        }
    }

    private static ConnectionRefusedReason readReason(JsonReader in) throws MalformedMessageException {
        JsonVariant variant = in.variant();
        return switch (variant.name()) {
            case "AlreadyConnected" -> variant.unit(new ConnectionRefusedReason.AlreadyConnected());
            case "BadStanding" -> variant.unit(new ConnectionRefusedReason.BadStanding());
            case "IncompatibleVersion" -> variant.unit(new ConnectionRefusedReason.IncompatibleVersion());
            case "MaxPeerNumberExceeded" -> variant.unit(new ConnectionRefusedReason.MaxPeerNumberExceeded());
            case "SelfConnect" -> variant.unit(new ConnectionRefusedReason.SelfConnect());
            case "Other" -> new ConnectionRefusedReason.Other(variant.payload(JsonReader::u8));
            default -> throw in.fault(Reason.UNKNOWN_VARIANT);
        };
    }

    private static void write(JsonWriter out, ConnectionRefusedReason reason) {
        switch (reason) {
            case ConnectionRefusedReason.AlreadyConnected() -> out.variant("AlreadyConnected");
            case ConnectionRefusedReason.BadStanding() -> out.variant("BadStanding");
            case ConnectionRefusedReason.IncompatibleVersion() -> out.variant("IncompatibleVersion");
            case ConnectionRefusedReason.MaxPeerNumberExceeded() -> out.variant("MaxPeerNumberExceeded");
            case ConnectionRefusedReason.SelfConnect() -> out.variant("SelfConnect");
            case ConnectionRefusedReason.Other(int code) -> out.variant("Other", code, JsonWriter::number);
        }
    }
}
