package proteus.bootstrap.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import proteus.application.port.StoreException;
import proteus.bootstrap.assembly.Shutdown;

/**
 * Shows a demo and its {@link Story} until its time is over or its end is ordered: on a terminal as one picture that is drawn
 * again and again, elsewhere as lines: one for whatever happens, and a picture after each chapter.
 */
public final class DemoShow {

    private static final Duration FRAME = Duration.ofMillis(500);

    /** So many frames are from one block to the next. */
    private static final int FRAMES_PER_BLOCK = 4;

    /** So long the last block may take to all nodes. */
    private static final Duration LAST_BLOCK = Duration.ofSeconds(5);

    /** The longest that a chapter has to last. Whoever may begin a move second waits longer, and has no need to. */
    private static final Duration SLOW = Duration.ofSeconds(4);

    private static final Duration FAST = Duration.ofMillis(500);

    /** A story has at most so many chapters and something over. */
    private static final int CHAPTERS = 10;

    /** So much of what happened stays on a terminal. */
    private static final int LINES_KEPT = 8;

    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";
    private static final String CLEAR_ALL = "\u001b[2J";

    private final DemoNetwork network;
    private final PrintWriter out;
    private final boolean terminal;
    private final InstantSource clock;
    private final Deque<String> happened = new ArrayDeque<>();
    private String shownLink = "";

    /**
     * A show of {@code network}.
     *
     * @param terminal whether {@code out} can draw over what it has drawn
     */
    public DemoShow(DemoNetwork network, PrintWriter out, boolean terminal, InstantSource clock) {
        this.network = network;
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * How long a show lasts.
     *
     * @param length empty for until its end is ordered; the shorter, the faster the story is told
     * @param once whether it ends with the story, if that ends before
     */
    public record Length(Optional<Duration> length, boolean once) {

        private Duration pace() {
            Duration share = length.orElse(SLOW.multipliedBy(CHAPTERS)).dividedBy(CHAPTERS);
            return share.compareTo(FAST) < 0 ? FAST : share.compareTo(SLOW) > 0 ? SLOW : share;
        }
    }

    /**
     * Shows until the end.
     *
     * @return whether the story came to its end and all in it came true, all were connected at the end, and had the same tip
     */
    public boolean run(Length length, Shutdown shutdown) throws InterruptedException, StoreException {
        Instant began = clock.instant();
        Optional<Instant> end = length.length().map(began::plus);
        Story story = new Story(network, length.pace(), began);
        if (terminal) {
            out.print(CLEAR_ALL);
        } else {
            print(new DemoTable(network.state()).nodes());
        }
        boolean over = false;
        for (int frame = 1; !over; frame++) {
            show(story);
            network.askForTips();
            if (frame % FRAMES_PER_BLOCK == 0) {
                network.mine();
            }
            Duration wait = end.map(at -> Duration.between(clock.instant(), at))
                    .filter(left -> left.compareTo(FRAME) < 0)
                    .orElse(FRAME);
            over = shutdown.await(wait.isNegative() ? Duration.ZERO : wait)
                    || (length.once() && story.isOver())
                    || end.filter(at -> !clock.instant().isBefore(at)).isPresent();
        }
        network.settle(LAST_BLOCK);
        return conclude(story, length.once());
    }

    private void show(Story story) throws StoreException {
        DemoState state = network.state();
        Instant now = clock.instant();
        int chapters = story.ended().size();
        List<String> told = story.goOn(state, now);
        if (terminal) {
            for (String line : told) {
                happened.add(line);
                if (happened.size() > LINES_KEPT) {
                    happened.remove();
                }
            }
            draw(state, now);
        } else {
            printNewLink();
            print(told);
            if (story.ended().size() > chapters) {
                print(picture(state, now));
                print(List.of(""));
            }
        }
    }

    private String dashboard() {
        return "Dashboard of " + Role.WATCHED + ", for a browser: " + network.dashboard();
    }

    /** Also when the last one was used, or is too old. */
    private void printNewLink() {
        String link = dashboard();
        if (!link.equals(shownLink)) {
            print(List.of("", link, ""));
            shownLink = link;
        }
    }

    /** In lines the picture after the last chapter need not be told twice. */
    private boolean conclude(Story story, boolean once) throws StoreException {
        DemoState last = network.state();
        if (terminal) {
            draw(last, clock.instant());
        } else if (!(once && story.isOver())) {
            print(picture(last, clock.instant()));
        }
        boolean isGood = story.isGood(last) && last.isComplete();
        List<String> lines = new ArrayList<>();
        lines.addAll(new StoryTable(story.ended()).lines());
        List<String> moves = Moves.of(last).lines();
        lines.add("");
        lines.add(
                moves.isEmpty()
                        ? "Nobody was moved."
                        : "What came of moves; either end of a move between two of these nodes writes it down:");
        lines.addAll(moves);
        lines.add("Sessions lost: " + story.lost() + ".");
        lines.add(verdict(story, last, isGood));
        print(lines);
        return isGood;
    }

    private static String verdict(Story story, DemoState last, boolean isGood) {
        if (isGood) {
            return "Complete: all came true. " + new DemoTable(last).summary();
        }
        String why = !story.isOver()
                ? "it ended before all was shown"
                : !last.isComplete() ? "at the end not all was well" : "not all came true";
        return DemoTable.cut("Not complete: " + why + ". " + new DemoTable(last).summary());
    }

    private void draw(DemoState state, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Proteus: five nodes in one process, on regtest, move from the legacy stack to libp2p. Ctrl-C ends it.");
        lines.add("");
        lines.addAll(new DemoTable(state).nodes());
        lines.add(dashboard());
        lines.addAll(picture(state, now));
        lines.add("");
        lines.addAll(happened);
        out.print(HOME_AND_CLEAR);
        print(lines);
    }

    /** What changes. */
    private static List<String> picture(DemoState state, Instant now) {
        DemoTable table = new DemoTable(state);
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.addAll(new ConnectionTable(state, now).lines());
        lines.add("");
        lines.addAll(new ChainTable(state).lines());
        lines.add("");
        lines.addAll(table.matrix());
        lines.add(table.summary());
        return lines;
    }

    private void print(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }
}
