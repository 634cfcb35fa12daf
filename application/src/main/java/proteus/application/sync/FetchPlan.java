package proteus.application.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import proteus.domain.sync.BlockCoverage;

/**
 * Says whom to ask for which block during a sync, and which blocks are ready to be applied.
 *
 * <p>Looks for the first block to fetch ({@link StartSearch}), then fetches from there on: lowest missing heights first,
 * spread over all peers that have them, as many as fit the memory. What one peer does not give in time another is asked
 * for. Pure state: time comes in, orders go out. Not safe for many threads. Protocol page "behaviour", section 5.5;
 * upstream asks each peer for one block at a time, half of them drawn at random.
 */
final class FetchPlan {

    /** Blocks wait for the lowest missing one so long, then a second peer is asked for it. */
    static final Duration BEFORE_HEDGING = Duration.ofSeconds(1);

    private static final int MOST_ASKED = 2;

    /** So many heights are told of at most: half a MiB of bits. */
    private static final int MOST_COVERED = 1 << 22;

    /** So many heights are looked at to find one for a peer that has only some. */
    private static final int MOST_LOOKS = 64;

    private static final Comparator<PeerLoad> RELIABLE_AND_IDLE_FIRST =
            Comparator.comparing(PeerLoad::isSuspect).thenComparingInt(PeerLoad::requests);

    private final Map<SyncPeer, PeerLoad> peers = new LinkedHashMap<>();
    private final Map<Long, List<PeerLoad>> asked = new HashMap<>();
    private final NavigableSet<Long> released = new TreeSet<>();
    private final WaitingBlocks waiting;
    private final int perMinute;
    private final StartSearch search;
    private long target;
    private boolean searching = true;
    private long applied;
    private long lowestMissing;
    private long frontier;
    private Instant useful;

    /**
     * A plan that knows no peers.
     *
     * @param own the height of the own tip
     * @param target the height of the last block to fetch
     * @param memory for blocks that wait, in bytes
     * @param perMinute so many requests go to one peer in any minute at most
     */
    FetchPlan(long own, long target, long memory, int perMinute, Instant now) {
        this.target = target;
        this.perMinute = perMinute;
        search = new StartSearch(own, target);
        waiting = new WaitingBlocks(memory);
        lowestMissing = search.probe();
        useful = now;
        seek();
    }

    private void seek() {
        if (search.isOver()) {
            searching = false;
            applied = search.highestStored();
            waiting.removeUpTo(applied);
            lowestMissing = applied + 1;
            frontier = lowestMissing;
            skipWaiting();
            return;
        }
        lowestMissing = search.probe();
        released.clear();
        released.add(lowestMissing);
        frontier = target + 1;
    }

    boolean searching() {
        return searching;
    }

    long target() {
        return target;
    }

    /** The height of the last applied block, once the search is over. */
    long applied() {
        return applied;
    }

    boolean isDone() {
        return !searching && applied == target;
    }

    long waitingBytes() {
        return waiting.bytes();
    }

    int peers() {
        return peers.size();
    }

    /** How many peers have answered what they were asked last, and have something to be asked for. */
    int serving() {
        return (int) peers.values().stream()
                .filter(peer -> !peer.isSuspect() && Long.compareUnsigned(peer.highest(), lowestMissing) >= 0)
                .count();
    }

    /** When a block came that was wanted and had room, or blocks were applied, last. */
    Instant lastUseful() {
        return useful;
    }

    void join(SyncPeer peer, long shown) {
        peers.computeIfAbsent(peer, _ -> new PeerLoad(peer, shown, perMinute)).showed(shown);
    }

    void leave(SyncPeer peer) {
        PeerLoad left = peers.remove(peer);
        if (left != null) {
            left.all().forEach(height -> release(height, left));
        }
    }

    void showed(SyncPeer peer, long height) {
        load(peer).ifPresent(known -> known.showed(height));
    }

    void covers(SyncPeer peer, BlockCoverage coverage) {
        load(peer).ifPresent(known -> known.covers(coverage).forEach(height -> release(height, known)));
    }

    void declined(SyncPeer peer, Instant now) {
        load(peer).ifPresent(known -> known.declined(now).forEach(height -> release(height, known)));
    }

    private Optional<PeerLoad> load(SyncPeer peer) {
        return Optional.ofNullable(peers.get(peer));
    }

    /** The peer is no longer asked for this height; nobody is, unless somebody else was, too. */
    private void release(long height, PeerLoad peer) {
        List<PeerLoad> askers = asked.get(height);
        if (askers == null) {
            return;
        }
        askers.remove(peer);
        if (askers.isEmpty()) {
            asked.remove(height);
            released.add(height);
        }
    }

    /** The block of this height, if it waits. */
    Optional<FetchedBlock> waitingAt(long height) {
        return waiting.at(height);
    }

    /** Whether a block of this height is still to come. */
    boolean isMissing(long height) {
        return asked.containsKey(height) || released.contains(height);
    }

    /** The peer sent a block of this height. */
    void gave(SyncPeer peer, long height) {
        load(peer).ifPresent(known -> known.gave(height));
    }

    /**
     * A block came that is of the anchor's chain. The first of a height counts.
     *
     * @param isStored whether it is stored; looked at during the search alone
     */
    void arrived(FetchedBlock block, boolean isStored, Instant now) {
        long height = block.height();
        gave(block.from(), height);
        if (!isMissing(height)) {
            return;
        }
        boolean probed = searching && height == search.probe();
        if (!probed || !isStored) {
            boolean taken = waiting.put(block, holdsUpAll(height));
            if (!taken && !probed) {
                settle(height);
                released.add(height);
                return;
            }
        }
        useful = now;
        settle(height);
        if (probed) {
            search.found(isStored);
            seek();
        } else {
            skipWaiting();
        }
    }

    private void settle(long height) {
        released.remove(height);
        List<PeerLoad> askers = asked.remove(height);
        if (askers != null) {
            askers.forEach(peer -> peer.forget(height));
        }
    }

    private void skipWaiting() {
        while (waiting.has(lowestMissing)) {
            released.remove(lowestMissing);
            lowestMissing++;
        }
        frontier = Math.max(frontier, lowestMissing);
    }

    /** A block above the target, on top of it. */
    boolean extend(FetchedBlock block) {
        if (block.height() != target + 1 || !waiting.put(block, false)) {
            return false;
        }
        target++;
        if (searching) {
            // What is beyond the frontier is asked for when the search is over.
            frontier = target + 1;
        }
        skipWaiting();
        return true;
    }

    /** The next blocks to apply, at most so many; they stay here until they are {@link #applied(long, Instant)}. */
    List<FetchedBlock> ready(int most) {
        return searching ? List.of() : waiting.run(applied + 1, most);
    }

    /** All blocks up to this height are stored. */
    void applied(long height, Instant now) {
        applied = height;
        useful = now;
        waiting.removeUpTo(height);
    }

    /** Nothing from this height on is wanted any more. */
    void cut(long height) {
        waiting.removeFrom(height);
        target = height - 1;
        lowestMissing = Math.min(lowestMissing, height);
        frontier = Math.min(frontier, height);
        released.tailSet(height, true).clear();
    }

    /** Which blocks can be served: those up to {@code chain} and those that wait. */
    Served served(long chain) {
        long lower = Math.min(chain, target) + 1;
        return new Served(lower, Math.min(target + 1, lower + MOST_COVERED), waiting.heights());
    }

    /** A copy of what can be served, which takes a while to be made a bit mask of. */
    record Served(long lower, long upper, Set<Long> waiting) {
        BlockCoverage coverage() {
            return BlockCoverage.of(lower, upper, waiting::contains);
        }
    }

    /** What is to be done now, which then counts as done. */
    List<Order> due(Instant now) {
        List<Order> orders = new ArrayList<>();
        for (PeerLoad peer : peers.values()) {
            peer.expire(now).forEach(height -> release(height, peer));
            if (peer.takePunishment(now)) {
                orders.add(new Order.Charge(peer.peer()));
            }
        }
        askForBlocks(orders, now);
        hedge(orders, now);
        for (PeerLoad peer : peers.values()) {
            if (isUseless(peer) && peer.takeTipRequest(now)) {
                orders.add(new Order.AskForTip(peer.peer()));
            }
        }
        return orders;
    }

    private boolean isUseless(PeerLoad peer) {
        return lowestMissing <= target && Long.compareUnsigned(peer.highest(), lowestMissing) < 0;
    }

    /** One height to each peer in turn, until none can take or get more. */
    private void askForBlocks(List<Order> orders, Instant now) {
        List<PeerLoad> able = new ArrayList<>(peers.values());
        while (!able.isEmpty()) {
            able.removeIf(peer -> !peer.hasCapacity(waiting.averageBytes(), now));
            able.sort(RELIABLE_AND_IDLE_FIRST);
            able.removeIf(peer -> {
                Optional<Long> height = heightFor(peer, now);
                height.ifPresent(wanted -> ask(peer, wanted, orders, now));
                return height.isEmpty();
            });
        }
    }

    private void ask(PeerLoad peer, long height, List<Order> orders, Instant now) {
        released.remove(height);
        asked.computeIfAbsent(height, _ -> new ArrayList<>(1)).add(peer);
        peer.ask(height, now);
        orders.add(new Order.Ask(peer.peer(), height));
    }

    private Optional<Long> heightFor(PeerLoad peer, Instant now) {
        int looks = 0;
        for (long height : released) {
            if (isGood(peer, height, now)) {
                return Optional.of(height);
            }
            if (++looks == MOST_LOOKS) {
                break;
            }
        }
        long highest = Long.compareUnsigned(peer.highest(), target) > 0 ? target : peer.highest();
        for (long height = frontier; height <= highest && height < frontier + MOST_LOOKS; height++) {
            if (!waiting.has(height) && isGood(peer, height, now)) {
                skipTo(height);
                return Optional.of(height);
            }
        }
        return Optional.empty();
    }

    private boolean isGood(PeerLoad peer, long height, Instant now) {
        return peer.has(height)
                && peer.mayBeAskedAgain(height, now)
                && (holdsUpAll(height) || waiting.hasRoomFor(asked.size() + 1L));
    }

    /** Whether nothing can be applied, and so no memory becomes free, before this block is here: it always has room. */
    private boolean holdsUpAll(long height) {
        return height == (searching ? search.probe() : applied + 1);
    }

    private void skipTo(long height) {
        for (long skipped = frontier; skipped < height; skipped++) {
            if (!waiting.has(skipped)) {
                released.add(skipped);
            }
        }
        frontier = height + 1;
    }

    /** A second peer is asked for the block that others wait for. */
    private void hedge(List<Order> orders, Instant now) {
        List<PeerLoad> askers = asked.getOrDefault(lowestMissing, List.of());
        if (askers.isEmpty() || askers.size() >= MOST_ASKED || !(searching || waiting.hasAbove(lowestMissing))) {
            return;
        }
        boolean waitsLong = askers.getFirst()
                .askedAt(lowestMissing)
                .filter(since -> Duration.between(since, now).compareTo(BEFORE_HEDGING) > 0)
                .isPresent();
        if (!waitsLong) {
            return;
        }
        peers.values().stream()
                .filter(peer -> !askers.contains(peer) && isGood(peer, lowestMissing, now) && peer.mayHedge(now))
                .min(RELIABLE_AND_IDLE_FIRST)
                .ifPresent(peer -> ask(peer, lowestMissing, orders, now));
    }
}
