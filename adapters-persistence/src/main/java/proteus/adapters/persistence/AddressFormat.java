package proteus.adapters.persistence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import proteus.application.port.Carrier;
import proteus.application.port.PeerStore.AddressBookEntry;
import proteus.domain.peer.PeerAddress;

/** The address book, by address. The entry seen longest ago makes room. */
final class AddressFormat implements RecordFormat<PeerAddress, AddressFormat.Entry> {

    /** What an {@link AddressBookEntry} holds besides its address, which is the key. */
    record Entry(Carrier carrier, Instant firstSeen, Instant lastSeen, int failures) {
        static Entry of(AddressBookEntry entry) {
            return new Entry(entry.carrier(), entry.firstSeen(), entry.lastSeen(), entry.failures());
        }

        AddressBookEntry at(PeerAddress address) {
            return new AddressBookEntry(address, carrier, firstSeen, lastSeen, failures);
        }
    }

    @Override
    public String table() {
        return "addresses";
    }

    @Override
    public void writeKey(PeerAddress address, DataOutput out) throws IOException {
        Fields.writeAddress(address, out);
    }

    @Override
    public PeerAddress readKey(DataInput in) throws IOException {
        return Fields.readAddress(in);
    }

    @Override
    public void writeValue(Entry entry, DataOutput out) throws IOException {
        Fields.writeCarrier(entry.carrier(), out);
        Fields.writeTime(entry.firstSeen(), out);
        Fields.writeTime(entry.lastSeen(), out);
        out.writeInt(entry.failures());
    }

    @Override
    public Entry readValue(DataInput in) throws IOException {
        Carrier carrier = Fields.readCarrier(in);
        Instant firstSeen = Fields.readTime(in);
        Instant lastSeen = Fields.readTime(in);
        int failures = in.readInt();
        if (failures < 0) {
            throw new IOException("negative number of failures: " + failures);
        }
        return new Entry(carrier, firstSeen, lastSeen, failures);
    }

    @Override
    public Rank rank(Entry entry) {
        return Rank.ofAge(entry.lastSeen());
    }
}
