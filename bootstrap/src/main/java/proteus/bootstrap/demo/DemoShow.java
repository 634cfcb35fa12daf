package proteus.bootstrap.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.bootstrap.assembly.Shutdown;
import proteus.bootstrap.legacy.LegacyStack;

/**
 * Shows a demo until its time is over or its end is ordered: on a terminal as one picture that is drawn again and again,
 * elsewhere as lines, one picture whenever who is connected changes and one at the end.
 */
public final class DemoShow {

    private static final Duration FRAME = Duration.ofSeconds(1);
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";
    private static final String CLEAR_ALL = "\u001b[2J";

    private final DemoNetwork network;
    private final DemoTable table;
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
        this.table = new DemoTable(network);
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * Shows until the end.
     *
     * @param length how long; empty for until it is ordered
     * @return whether every node was connected to every other at the end
     */
    public boolean run(Optional<Duration> length, Shutdown shutdown) throws InterruptedException {
        Optional<Instant> end = length.map(clock.instant()::plus);
        String shown = "";
        if (terminal) {
            out.print(CLEAR_ALL);
        } else {
            table.nodes().forEach(out::println);
        }
        boolean over = false;
        while (!over) {
            Instant now = clock.instant();
            if (terminal) {
                draw(now);
            } else {
                shown = tellChange(now, shown);
            }
            network.askForTips();
            Duration wait = end.map(at -> Duration.between(now, at))
                    .filter(left -> left.compareTo(FRAME) < 0)
                    .orElse(FRAME);
            over = shutdown.await(wait.isNegative() ? Duration.ZERO : wait)
                    || end.filter(at -> !clock.instant().isBefore(at)).isPresent();
        }
        boolean complete = network.isComplete();
        if (terminal) {
            draw(clock.instant());
        } else {
            table.connections(clock.instant()).forEach(out::println);
            out.println(table.summary());
        }
        out.flush();
        return complete;
    }

    private void draw(Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add("Proteus: nodes in one process, on regtest, over " + (LegacyStack.isBuilt() ? "legacy TCP" : "libp2p")
                + ". Ctrl-C ends it.");
        lines.add("");
        lines.addAll(table.nodes());
        lines.add("");
        lines.addAll(table.connections(now));
        lines.add("");
        lines.add(table.summary());
        out.print(HOME_AND_CLEAR);
        lines.forEach(out::println);
        out.flush();
    }

    private String tellChange(Instant now, String shown) {
        String summary = table.summary();
        if (!summary.equals(shown)) {
            table.connections(now).forEach(out::println);
            out.println(summary);
            out.flush();
        }
        return summary;
    }
}
