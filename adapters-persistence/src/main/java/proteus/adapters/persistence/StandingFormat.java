package proteus.adapters.persistence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerStanding;
import proteus.domain.peer.PeerStanding.Punishment;
import proteus.domain.peer.PeerStanding.Reward;
import proteus.domain.peer.PositivePeerSanction;

/** Standings by IP. The one closest to neutral makes room; of equals, the one that changed longest ago. */
final class StandingFormat implements RecordFormat<IpAddress, PeerStanding> {

    @Override
    public String table() {
        return "standings";
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
    public void writeValue(PeerStanding standing, DataOutput out) throws IOException {
        out.writeInt(standing.score());
        out.writeInt(standing.tolerance());
        Fields.writePresence(standing.latestPunishment().isPresent(), out);
        if (standing.latestPunishment().isPresent()) {
            Punishment punishment = standing.latestPunishment().get();
            Fields.writeTime(punishment.time(), out);
            SanctionFormat.write(punishment.sanction(), out);
        }
        Fields.writePresence(standing.latestReward().isPresent(), out);
        if (standing.latestReward().isPresent()) {
            Reward reward = standing.latestReward().get();
            Fields.writeTime(reward.time(), out);
            SanctionFormat.write(reward.sanction(), out);
        }
    }

    @Override
    public PeerStanding readValue(DataInput in) throws IOException {
        int score = in.readInt();
        int tolerance = in.readInt();
        Optional<Punishment> punishment = readPunishment(in);
        Optional<Reward> reward = readReward(in);
        return new PeerStanding(score, punishment, reward, tolerance);
    }

    /** A punishment of unknown name keeps its time, from which the score decays; without it the peer would be out forever. */
    private static Optional<Punishment> readPunishment(DataInput in) throws IOException {
        if (!Fields.readPresence(in)) {
            return Optional.empty();
        }
        Instant time = Fields.readTime(in);
        Optional<NegativePeerSanction> sanction = SanctionFormat.readNegative(in);
        return Optional.of(new Punishment(sanction.orElse(SanctionFormat.FORGOTTEN), time));
    }

    /** A reward of unknown name is left out: nothing follows from it but what the operator is shown. */
    private static Optional<Reward> readReward(DataInput in) throws IOException {
        if (!Fields.readPresence(in)) {
            return Optional.empty();
        }
        Instant time = Fields.readTime(in);
        Optional<PositivePeerSanction> sanction = SanctionFormat.readPositive(in);
        return sanction.map(known -> new Reward(known, time));
    }

    @Override
    public Rank rank(PeerStanding standing) {
        return new Rank(Math.abs((long) standing.score()), latestChange(standing));
    }

    private static Instant latestChange(PeerStanding standing) {
        Instant punished = standing.latestPunishment().map(Punishment::time).orElse(Instant.MIN);
        Instant rewarded = standing.latestReward().map(Reward::time).orElse(Instant.MIN);
        return punished.isAfter(rewarded) ? punished : rewarded;
    }
}
