package proteus.application.wire;

import proteus.application.wire.MalformedMessageException.Reason;
import proteus.domain.network.Network;
import proteus.domain.peer.ByteSequence;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.MagicValue;
import proteus.domain.peer.PeerTime;
import proteus.domain.peer.TransferConnectionStatus;

/** What is exchanged when a connection starts. Source: neptune-p2p 0.19.4. */
final class HandshakeCodec {

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private HandshakeCodec() {}

    static MagicValue readMagic(BincodeReader in) throws MalformedMessageException {
        return new MagicValue(ByteSequence.owning(in.raw(MagicValue.LENGTH)));
    }

    static void write(BincodeWriter out, MagicValue magic) {
        out.raw(magic.bytes());
    }

    static HandshakeData readData(BincodeReader in) throws MalformedMessageException {
        return new HandshakeData(
                BlockCodec.readHeader(in),
                in.optional(BincodeReader::u16),
                readNetwork(in),
                readInstanceId(in),
                in.string(HandshakeData.MAX_VERSION_BYTES),
                in.bool(),
                in.bool(),
                readTime(in),
                in.string(HandshakeData.MAX_EXTRA_DATA_BYTES));
    }

    static void write(BincodeWriter out, HandshakeData data) {
        BlockCodec.write(out, data.tipHeader());
        out.optional(data.listenPort(), BincodeWriter::u16);
        write(out, data.network());
        write(out, data.instanceId());
        out.string(data.version());
        out.bool(data.isArchivalNode());
        out.bool(data.isBootstrapperNode());
        write(out, data.timestamp());
        out.string(data.extraData());
    }

    private static Network readNetwork(BincodeReader in) throws MalformedMessageException {
        int variant = in.variant(4);
        return switch (variant) {
            case 0 -> new Network.Main();
            case 1 -> new Network.TestnetMock();
            case 2 -> new Network.RegTest();
            default -> new Network.Testnet(in.u8());
        };
    }

    private static void write(BincodeWriter out, Network network) {
        switch (network) {
            case Network.Main() -> out.variant(0);
            case Network.TestnetMock() -> out.variant(1);
            case Network.RegTest() -> out.variant(2);
            case Network.Testnet(int number) -> {
                out.variant(3);
                out.u8(number);
            }
        }
    }

    static InstanceId readInstanceId(BincodeReader in) throws MalformedMessageException {
        U128 id = in.u128();
        return new InstanceId(id.high(), id.low());
    }

    static void write(BincodeWriter out, InstanceId id) {
        out.u128(new U128(id.high(), id.low()));
    }

    /** Nanoseconds of a whole second and more are added to the seconds; what a signed clock cannot hold is a fault. */
    private static PeerTime readTime(BincodeReader in) throws MalformedMessageException {
        int at = in.position();
        long seconds = in.u64();
        long nanos = Integer.toUnsignedLong(in.u32());
        long total = seconds + nanos / NANOS_PER_SECOND;
        if (seconds < 0 || total < 0) {
            throw in.fault(at, Reason.TIME_OVERFLOW);
        }
        return new PeerTime(total, (int) (nanos % NANOS_PER_SECOND));
    }

    private static void write(BincodeWriter out, PeerTime time) {
        out.u64(time.seconds());
        out.u32(time.nanos());
    }

    static TransferConnectionStatus readStatus(BincodeReader in) throws MalformedMessageException {
        return in.variant(2) == 0
                ? new TransferConnectionStatus.Refused(readReason(in))
                : new TransferConnectionStatus.Accepted();
    }

    static void write(BincodeWriter out, TransferConnectionStatus status) {
        switch (status) {
            case TransferConnectionStatus.Refused(ConnectionRefusedReason reason) -> {
                out.variant(0);
                write(out, reason);
            }
            case TransferConnectionStatus.Accepted() -> out.variant(1);
        }
    }

    private static ConnectionRefusedReason readReason(BincodeReader in) throws MalformedMessageException {
        int variant = in.variant(6);
        return switch (variant) {
            case 0 -> new ConnectionRefusedReason.AlreadyConnected();
            case 1 -> new ConnectionRefusedReason.BadStanding();
            case 2 -> new ConnectionRefusedReason.IncompatibleVersion();
            case 3 -> new ConnectionRefusedReason.MaxPeerNumberExceeded();
            case 4 -> new ConnectionRefusedReason.SelfConnect();
            default -> new ConnectionRefusedReason.Other(in.u8());
        };
    }

    private static void write(BincodeWriter out, ConnectionRefusedReason reason) {
        switch (reason) {
            case ConnectionRefusedReason.AlreadyConnected() -> out.variant(0);
            case ConnectionRefusedReason.BadStanding() -> out.variant(1);
            case ConnectionRefusedReason.IncompatibleVersion() -> out.variant(2);
            case ConnectionRefusedReason.MaxPeerNumberExceeded() -> out.variant(3);
            case ConnectionRefusedReason.SelfConnect() -> out.variant(4);
            case ConnectionRefusedReason.Other(int code) -> {
                out.variant(5);
                out.u8(code);
            }
        }
    }
}
