package proteus.bootstrap.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import proteus.application.port.MoveOutcome;
import proteus.application.port.RolloutRefusedException;
import proteus.application.port.Stack;
import proteus.application.port.StoreException;
import proteus.bootstrap.legacy.LegacyStack;

/**
 * What happens in a demo, chapter by chapter. A chapter ends when all that it waits for is so, and a block that was mined in
 * it has got to all nodes; but not before some time, so that it can be watched. For one thread.
 */
final class Story {

    /** A chapter whose end does not come in this time has failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** Steps of the share, in percent. */
    private static final int STEP = 25;

    private final DemoNetwork network;
    private final Duration pace;
    private final Instant began;
    private final Deque<Chapter> chapters;
    private final List<Ended> ended = new ArrayList<>();
    private final SessionWatch watch = new SessionWatch();
    private final Map<String, String> carriers = new HashMap<>();
    private Instant chapterBegan;
    private long heightAtBegin;
    private boolean isBegun;

    /**
     * How a chapter ended.
     *
     * @param after since the beginning of the story
     * @param isGood whether all came true
     */
    record Ended(Chapter chapter, Duration after, int legacy, int libp2p, int lost, long height, boolean isGood) {}

    /**
     * A story that begins now.
     *
     * @param pace how long a chapter lasts at least
     */
    Story(DemoNetwork network, Duration pace, Instant now) {
        this.network = network;
        this.pace = pace;
        began = now;
        chapterBegan = now;
        chapters = new ArrayDeque<>(chapters(LegacyStack.isBuilt(), network.hasBadLink()));
    }

    private static List<Chapter> chapters(boolean legacy, boolean badLink) {
        if (!legacy) {
            return List.of(new Chapter.Connecting(Stack.LIBP2P));
        }
        Stream<Chapter> moving = IntStream.rangeClosed(0, 100 / STEP).mapToObj(i -> new Chapter.Moving(STEP * i));
        Stream<Chapter> first = Stream.of(new Chapter.Connecting(Stack.LEGACY));
        Stream<Chapter> last = badLink ? Stream.of(new Chapter.LinkIsBad()) : Stream.empty();
        return Stream.concat(first, Stream.concat(moving, last)).toList();
    }

    /** Goes on with the story; what there is to tell of it, at the time of {@code state}. */
    List<String> goOn(DemoState state, Instant now) throws StoreException {
        List<String> told = new ArrayList<>();
        Optional<Chapter> current = Optional.ofNullable(chapters.peek());
        if (current.isPresent() && !isBegun) {
            begin(current.get(), state, now);
            told.add(time(now) + current.get().told());
        }
        watch.look(state, isBad() ? Chapter.LinkIsBad.LINK : "");
        told.addAll(changes(state, now));
        if (current.isPresent()) {
            Duration since = Duration.between(chapterBegan, now);
            boolean isDone = current.get().isDone(state) && state.lowestHeight() > heightAtBegin;
            if (isDone ? since.compareTo(pace) >= 0 : since.compareTo(PATIENCE) >= 0) {
                told.add(end(current.get(), state, now, isDone));
            }
        }
        return told;
    }

    private boolean isBad() {
        return chapters.peek() instanceof Chapter.LinkIsBad;
    }

    private void begin(Chapter chapter, DemoState state, Instant now) throws StoreException {
        isBegun = true;
        chapterBegan = now;
        heightAtBegin = highest(state);
        switch (chapter) {
            case Chapter.Connecting _ -> {}
            case Chapter.Moving moving -> migrate(moving);
            case Chapter.LinkIsBad() -> network.cutLink();
        }
    }

    private static long highest(DemoState state) {
        return state.nodes().stream()
                .mapToLong(node -> node.chain().height().value())
                .max()
                .orElse(0);
    }

    private void migrate(Chapter.Moving moving) throws StoreException {
        try {
            network.migrate(moving.rollout());
        } catch (RolloutRefusedException refused) {
            throw new IllegalStateException("every node of the demo has both stacks", refused);
        }
    }

    private String end(Chapter chapter, DemoState state, Instant now, boolean isGood) {
        chapters.remove();
        isBegun = false;
        Ended end = new Ended(
                chapter,
                Duration.between(began, now),
                state.linksOver(Stack.LEGACY),
                state.linksOver(Stack.LIBP2P),
                watch.lost(),
                state.lowestHeight(),
                isGood);
        ended.add(end);
        return time(now) + (isGood ? "Done: " : "FAILED, not all came true: ") + chapter.title() + ". On legacy "
                + end.legacy() + ", on libp2p " + end.libp2p() + " of "
                + state.links().size() + " sessions; lost "
                + end.lost() + "; all nodes have block " + end.height() + ".";
    }

    /** Which links are carried by something else than before. */
    private List<String> changes(DemoState state, Instant now) {
        List<String> changes = new ArrayList<>();
        for (DemoState.Link link : state.links()) {
            String over = link.sessions().stream()
                    .map(ConnectionTable::over)
                    .distinct()
                    .reduce((one, other) -> one + " and " + other)
                    .orElse("not connected");
            String before = carriers.put(link.name(), over);
            if (before != null && !before.equals(over)) {
                changes.add(time(now) + "  " + link.name() + ": " + before + " -> " + over);
            }
        }
        return changes;
    }

    private String time(Instant now) {
        return String.format(
                Locale.ROOT, "%3d s  ", Duration.between(began, now).toSeconds());
    }

    /** Whether all chapters have ended. */
    boolean isOver() {
        return chapters.isEmpty();
    }

    /** Whether all came true that was to: all chapters went well, no session was lost, and the bad link's went back. */
    boolean isGood(DemoState state) {
        boolean wentBack = ended.stream().noneMatch(end -> end.chapter() instanceof Chapter.LinkIsBad)
                || Moves.of(state).count(MoveOutcome.FELL_BACK) > 0;
        return isOver()
                && ended.stream().allMatch(Ended::isGood)
                && wentBack
                && watch.lost() == 0
                && Moves.of(state).count(MoveOutcome.LOST) == 0;
    }

    /** How many sessions were lost. */
    int lost() {
        return watch.lost();
    }

    /** How the chapters ended until now. */
    List<Ended> ended() {
        return List.copyOf(ended);
    }
}
