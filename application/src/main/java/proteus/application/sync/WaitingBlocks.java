package proteus.application.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The fetched blocks that have not been applied yet, by height, within a limit of memory. Not safe for many threads. */
final class WaitingBlocks {

    /** What a block is taken to need before any has come. */
    private static final long FIRST_GUESS = 64 << 10;

    /** So much of the average is made up by the latest block. */
    private static final int AVERAGE_SHARE = 16;

    private final long limit;
    private final NavigableMap<Long, FetchedBlock> blocks = new TreeMap<>();
    private long bytes;
    private long average = FIRST_GUESS;

    /**
     * None yet.
     *
     * @param limit in bytes, positive
     */
    WaitingBlocks(long limit) {
        this.limit = limit;
    }

    boolean has(long height) {
        return blocks.containsKey(height);
    }

    Optional<FetchedBlock> at(long height) {
        return Optional.ofNullable(blocks.get(height));
    }

    /** A copy of all their heights. */
    Set<Long> heights() {
        return Set.copyOf(blocks.keySet());
    }

    /** Whether some wait above this height. */
    boolean hasAbove(long height) {
        return blocks.higherKey(height) != null;
    }

    /** Whether so many more average blocks would fit. */
    boolean hasRoomFor(long more) {
        return bytes + more * average <= limit;
    }

    /** What a block takes on average, in bytes. */
    long averageBytes() {
        return average;
    }

    long bytes() {
        return bytes;
    }

    /**
     * Takes a block of a height that is not there.
     *
     * @param must take it even if it does not fit
     * @return whether it was taken
     */
    boolean put(FetchedBlock block, boolean must) {
        long more = block.bytes();
        average += (more - average) / AVERAGE_SHARE;
        if (!must && bytes + more > limit) {
            return false;
        }
        blocks.put(block.height(), block);
        bytes += more;
        return true;
    }

    /** Consecutive blocks from this height on, at most so many. */
    List<FetchedBlock> run(long from, int most) {
        List<FetchedBlock> run = new ArrayList<>();
        FetchedBlock next = blocks.get(from);
        while (next != null && run.size() < most) {
            run.add(next);
            next = blocks.get(from + run.size());
        }
        return run;
    }

    void remove(long height) {
        FetchedBlock removed = blocks.remove(height);
        if (removed != null) {
            bytes -= removed.bytes();
        }
    }

    /** Forgets all up to and with this height. */
    void removeUpTo(long height) {
        for (long low : List.copyOf(blocks.headMap(height, true).keySet())) {
            remove(low);
        }
    }

    /** Forgets all from this height on. */
    void removeFrom(long height) {
        for (long high : List.copyOf(blocks.tailMap(height, true).keySet())) {
            remove(high);
        }
    }
}
