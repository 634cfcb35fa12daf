package proteus.adapters.persistence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import proteus.application.port.Carrier;
import proteus.application.port.JournalEntry;
import proteus.domain.hash.Digest;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/** The binary form of the fields that several records share. */
final class Fields {

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private Fields() {}

    /** Writes 4 or 6, then the 4 or 16 bytes of the address. */
    static void writeIp(IpAddress ip, DataOutput out) throws IOException {
        out.writeByte(
                switch (ip) {
                    case IpAddress.V4 _ -> 4;
                    case IpAddress.V6 _ -> 6;
                });
        out.write(ip.toBytes());
    }

    static IpAddress readIp(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        byte[] bytes = switch (version) {
            case 4 -> new byte[4];
            case 6 -> new byte[16];
            default -> throw new IOException("IP version " + version);
        };
        in.readFully(bytes);
        return IpAddress.of(bytes);
    }

    /** Writes an IP, and a port as 2 bytes. */
    static void writeAddress(PeerAddress address, DataOutput out) throws IOException {
        writeIp(address.ip(), out);
        out.writeShort(address.port());
    }

    static PeerAddress readAddress(DataInput in) throws IOException {
        return new PeerAddress(readIp(in), in.readUnsignedShort());
    }

    /** Writes one byte. */
    static void writeCarrier(Carrier carrier, DataOutput out) throws IOException {
        out.writeByte(
                switch (carrier) {
                    case LEGACY_TCP -> 0;
                    case LIBP2P_TCP -> 1;
                    case LIBP2P_QUIC -> 2;
                });
    }

    static Carrier readCarrier(DataInput in) throws IOException {
        int code = in.readUnsignedByte();
        return switch (code) {
            case 0 -> Carrier.LEGACY_TCP;
            case 1 -> Carrier.LIBP2P_TCP;
            case 2 -> Carrier.LIBP2P_QUIC;
            default -> throw new IOException("unknown carrier: " + code);
        };
    }

    /** Writes the number of its bytes (1 byte), then these. */
    static void writePeerId(PeerId id, DataOutput out) throws IOException {
        byte[] bytes = id.toBytes();
        out.writeByte(bytes.length);
        out.write(bytes);
    }

    static PeerId readPeerId(DataInput in) throws IOException {
        int length = in.readUnsignedByte();
        if (length > PeerId.MAX_BYTES) {
            throw new IOException("a peer id of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return PeerId.parse(bytes).orElseThrow(() -> new IOException("no peer id"));
    }

    /** Reads what {@link DataOutput#writeUTF} wrote of a text of a journal's entry. */
    static String readText(DataInput in) throws IOException {
        String text = in.readUTF();
        if (text.length() > JournalEntry.MAX_TEXT) {
            throw new IOException("a text of " + text.length() + " characters");
        }
        return text;
    }

    /** Writes seconds since the epoch (8 bytes) and nanoseconds (4 bytes). */
    static void writeTime(Instant time, DataOutput out) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    static Instant readTime(DataInput in) throws IOException {
        long seconds = in.readLong();
        int nanos = in.readInt();
        if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
            throw new IOException("nanoseconds outside one second: " + nanos);
        }
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException beyondRange) {
            throw new IOException("time out of range: " + seconds + " s", beyondRange);
        }
    }

    /** Writes five elements of 8 bytes. */
    static void writeDigest(Digest digest, DataOutput out) throws IOException {
        for (int i = 0; i < Digest.LENGTH; i++) {
            out.writeLong(digest.at(i));
        }
    }

    static Digest readDigest(DataInput in) throws IOException {
        return new Digest(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }

    /** Writes 0 or 1. */
    static void writePresence(boolean present, DataOutput out) throws IOException {
        out.writeByte(present ? 1 : 0);
    }

    static boolean readPresence(DataInput in) throws IOException {
        int flag = in.readUnsignedByte();
        if (flag > 1) {
            throw new IOException("neither present nor absent: " + flag);
        }
        return flag == 1;
    }
}
