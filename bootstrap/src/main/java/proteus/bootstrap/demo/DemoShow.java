package proteus.bootstrap.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.bootstrap.assembly.Shutdown;

/**
 * Shows a demo until its time is over or its end is ordered: on a terminal as one picture that is drawn again and again,
 * elsewhere as lines, one picture whenever who speaks what with whom changes and one at the end.
 */
public final class DemoShow {

    private static final Duration FRAME = Duration.ofSeconds(1);

    /** So many pictures are from one block to the next. */
    private static final int FRAMES_PER_BLOCK = 3;

    /** So long the last block may take to all nodes. */
    private static final Duration LAST_BLOCK = Duration.ofSeconds(5);

    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";
    private static final String CLEAR_ALL = "\u001b[2J";

    private final DemoNetwork network;
    private final PrintWriter out;
    private final boolean terminal;
    private final InstantSource clock;

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
     * Shows until the end.
     *
     * @param length how long; empty for until it is ordered
     * @return whether all that have a stack in common were connected at the end, and had the same tip
     */
    public boolean run(Optional<Duration> length, Shutdown shutdown) throws InterruptedException {
        Optional<Instant> end = length.map(clock.instant()::plus);
        List<String> told = List.of();
        if (terminal) {
            out.print(CLEAR_ALL);
        } else {
            print(new DemoTable(network.state()).nodes());
        }
        boolean over = false;
        for (int frame = 1; !over; frame++) {
            Instant now = clock.instant();
            if (terminal) {
                draw(network.state(), now);
            } else {
                told = tellChange(network.state(), now, told);
            }
            network.askForTips();
            if (frame % FRAMES_PER_BLOCK == 0) {
                network.mine();
            }
            Duration wait = end.map(at -> Duration.between(now, at))
                    .filter(left -> left.compareTo(FRAME) < 0)
                    .orElse(FRAME);
            over = shutdown.await(wait.isNegative() ? Duration.ZERO : wait)
                    || end.filter(at -> !clock.instant().isBefore(at)).isPresent();
        }
        network.settle(LAST_BLOCK);
        DemoState last = network.state();
        if (terminal) {
            draw(last, clock.instant());
        } else {
            print(picture(last, clock.instant()));
        }
        return last.isComplete();
    }

    private void draw(DemoState state, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add("Proteus: four nodes in one process, on regtest, over two peer stacks. Ctrl-C ends it.");
        lines.add("");
        lines.addAll(new DemoTable(state).nodes());
        lines.addAll(picture(state, now));
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

    /** Tells what is so now, if it is not what was told; returns what is told by then. */
    private List<String> tellChange(DemoState state, Instant now, List<String> told) {
        List<String> matrix = new DemoTable(state).matrix();
        if (!matrix.equals(told)) {
            print(picture(state, now));
        }
        return matrix;
    }

    private void print(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }
}
