package proteus.adapters.persistence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import proteus.application.port.Counterpart;
import proteus.domain.peer.PeerAddress;

/** What is known of the libp2p side of legacy peers, by address. What was found out longest ago makes room. */
final class CounterpartFormat implements RecordFormat<PeerAddress, CounterpartFormat.Entry> {

    /** What a {@link Counterpart} holds besides its legacy address, which is the key. */
    record Entry(Optional<Counterpart.Reached> libp2p, Instant since) {
        static Entry of(Counterpart counterpart) {
            return new Entry(counterpart.libp2p(), counterpart.since());
        }

        Counterpart at(PeerAddress legacy) {
            return new Counterpart(legacy, libp2p, since);
        }
    }

    @Override
    public String table() {
        return "counterparts";
    }

    @Override
    public void writeKey(PeerAddress legacy, DataOutput out) throws IOException {
        Fields.writeAddress(legacy, out);
    }

    @Override
    public PeerAddress readKey(DataInput in) throws IOException {
        return Fields.readAddress(in);
    }

    @Override
    public void writeValue(Entry entry, DataOutput out) throws IOException {
        Fields.writeTime(entry.since(), out);
        Fields.writePresence(entry.libp2p().isPresent(), out);
        if (entry.libp2p().isPresent()) {
            Counterpart.Reached reached = entry.libp2p().get();
            Fields.writeAddress(reached.address(), out);
            Fields.writeCarrier(reached.carrier(), out);
            Fields.writePeerId(reached.peerId(), out);
        }
    }

    @Override
    public Entry readValue(DataInput in) throws IOException {
        Instant since = Fields.readTime(in);
        Optional<Counterpart.Reached> libp2p = Fields.readPresence(in)
                ? Optional.of(
                        new Counterpart.Reached(Fields.readAddress(in), Fields.readCarrier(in), Fields.readPeerId(in)))
                : Optional.empty();
        return new Entry(libp2p, since);
    }

    @Override
    public Rank rank(Entry entry) {
        return Rank.ofAge(entry.since());
    }
}
