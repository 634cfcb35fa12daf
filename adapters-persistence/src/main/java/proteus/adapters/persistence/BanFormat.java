package proteus.adapters.persistence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import proteus.domain.peer.IpAddress;

/** When a ban began, by IP. The oldest makes room. */
final class BanFormat implements RecordFormat<IpAddress, Instant> {

    @Override
    public String table() {
        return "bans";
    }

    @Override
    public void writeKey(IpAddress ip, DataOutput out) throws IOException {
        Fields.writeIp(ip, out);
    }

    @Override
    public IpAddress readKey(DataInput in) throws IOException {
        return Fields.readIp(in);
    }

    @Override
    public void writeValue(Instant since, DataOutput out) throws IOException {
        Fields.writeTime(since, out);
    }

    @Override
    public Instant readValue(DataInput in) throws IOException {
        return Fields.readTime(in);
    }

    @Override
    public Rank rank(Instant since) {
        return Rank.ofAge(since);
    }
}
