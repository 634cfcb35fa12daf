package proteus.domain.peer;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The IPs that are kept out: those that the operator named at the start, for as long as the node runs, and those on the
 * blacklist, for {@link #BLACKLIST_TIME}.
 *
 * <p>Goes by canonical IP, whatever form it is asked with. Immutable. Source: neptune-cash 0.19.4, {@code
 * network/ban.rs}.
 *
 * @param commandLineBans the IPs named at the start
 * @param blacklist the blacklisted IPs, each with the time of its ban; at most {@value #MAX_BLACKLISTED}, beyond which
 *     the oldest bans are forgotten
 */
public record BanList(Set<IpAddress> commandLineBans, Map<IpAddress, Instant> blacklist) {

    /** How long a ban on the blacklist lasts. */
    public static final Duration BLACKLIST_TIME = Duration.ofDays(2);

    /** The most IPs on the blacklist, so that a peer with many addresses cannot fill the memory. */
    public static final int MAX_BLACKLISTED = 100_000;

    public BanList {
        commandLineBans = commandLineBans.stream().map(IpAddress::canonical).collect(Collectors.toUnmodifiableSet());
        blacklist = newest(blacklist.entrySet().stream()
                .collect(Collectors.toMap(ban -> ban.getKey().canonical(), Map.Entry::getValue, BanList::later)));
    }

    private static Instant later(Instant left, Instant right) {
        return left.isAfter(right) ? left : right;
    }

    private static Map<IpAddress, Instant> newest(Map<IpAddress, Instant> bans) {
        if (bans.size() <= MAX_BLACKLISTED) {
            return Map.copyOf(bans);
        }
        return bans.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MAX_BLACKLISTED)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A list with these command-line bans and an empty blacklist. */
    public static BanList of(Set<IpAddress> commandLineBans) {
        return new BanList(commandLineBans, Map.of());
    }

    /** Whether the operator named {@code ip} at the start. */
    public boolean isBannedOnCommandLine(IpAddress ip) {
        return commandLineBans.contains(ip.canonical());
    }

    /** Whether {@code ip} is on the blacklist at {@code now}; a ban from the future counts. */
    public boolean isBlacklisted(IpAddress ip, Instant now) {
        Instant since = blacklist.get(ip.canonical());
        return since != null && lastsAt(since, now);
    }

    /** Whether {@code ip} is kept out at {@code now} for either reason. */
    public boolean isBanned(IpAddress ip, Instant now) {
        return isBannedOnCommandLine(ip) || isBlacklisted(ip, now);
    }

    /** The list with {@code ip} blacklisted from {@code now} on, also if it was before. */
    public BanList withBlacklisted(IpAddress ip, Instant now) {
        Map<IpAddress, Instant> more = new HashMap<>(blacklist);
        more.put(ip.canonical(), now);
        return new BanList(commandLineBans, more);
    }

    /** The list with {@code ip} off the blacklist. A command-line ban stays. */
    public BanList withoutBlacklisted(IpAddress ip) {
        Map<IpAddress, Instant> fewer = new HashMap<>(blacklist);
        fewer.remove(ip.canonical());
        return new BanList(commandLineBans, fewer);
    }

    /** The list with an empty blacklist. Command-line bans stay. */
    public BanList withoutBlacklist() {
        return of(commandLineBans);
    }

    /** The list without the bans that are over at {@code now}. */
    public BanList withoutExpired(Instant now) {
        return new BanList(
                commandLineBans,
                blacklist.entrySet().stream()
                        .filter(ban -> lastsAt(ban.getValue(), now))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static boolean lastsAt(Instant since, Instant now) {
        return Duration.between(since, now).compareTo(BLACKLIST_TIME) < 0;
    }
}
