package proteus.adapters.persistence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import proteus.application.port.PeerStore.AddressBookEntry;
import proteus.application.port.Stack;
import proteus.domain.peer.PeerAddress;

/** The address book, by address. The entry seen longest ago makes room. */
final class AddressFormat implements RecordFormat<PeerAddress, AddressFormat.Entry> {

    /** What an {@link AddressBookEntry} holds besides its address, which is the key. */
    record Entry(Stack stack, Instant firstSeen, Instant lastSeen, int failures) {
        static Entry of(AddressBookEntry entry) {
            return new Entry(entry.stack(), entry.firstSeen(), entry.lastSeen(), entry.failures());
        }

        AddressBookEntry at(PeerAddress address) {
            return new AddressBookEntry(address, stack, firstSeen, lastSeen, failures);
        }
    }

    @Override
    public String table() {
        return "addresses";
    }

    @Override
    public void writeKey(PeerAddress address, DataOutput out) throws IOException {
        Fields.writeIp(address.ip(), out);
        out.writeShort(address.port());
    }

    @Override
    public PeerAddress readKey(DataInput in) throws IOException {
        return new PeerAddress(Fields.readIp(in), in.readUnsignedShort());
    }

    @Override
    public void writeValue(Entry entry, DataOutput out) throws IOException {
        out.writeByte(
                switch (entry.stack()) {
                    case LEGACY -> 0;
                    case LIBP2P -> 1;
                });
        Fields.writeTime(entry.firstSeen(), out);
        Fields.writeTime(entry.lastSeen(), out);
        out.writeInt(entry.failures());
    }

    @Override
    public Entry readValue(DataInput in) throws IOException {
        Stack stack = stack(in.readUnsignedByte());
        Instant firstSeen = Fields.readTime(in);
        Instant lastSeen = Fields.readTime(in);
        int failures = in.readInt();
        if (failures < 0) {
            throw new IOException("negative number of failures: " + failures);
        }
        return new Entry(stack, firstSeen, lastSeen, failures);
    }

    private static Stack stack(int code) throws IOException {
        return switch (code) {
            case 0 -> Stack.LEGACY;
            case 1 -> Stack.LIBP2P;
            default -> throw new IOException("unknown stack: " + code);
        };
    }

    @Override
    public Rank rank(Entry entry) {
        return Rank.ofAge(entry.lastSeen());
    }
}
