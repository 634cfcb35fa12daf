package proteus.bootstrap.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import proteus.bootstrap.demo.Columns.Column;

/** How far the chains of a demo's nodes are at one moment, as lines of text. */
final class ChainTable {

    private static final Columns COLUMNS = Columns.of(
            Column.left("NODE", 4),
            Column.right("HEIGHT", 7),
            Column.left("TIP", 13),
            Column.right("MINED", 6),
            Column.right("OTHERS' BLOCKS CAME AFTER", 26),
            Column.right("AT MOST", 10));

    private final DemoState state;

    ChainTable(DemoState state) {
        this.state = state;
    }

    /** A line for each node. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(COLUMNS.titles()));
        for (DemoState.OfNode node : state.nodes()) {
            DemoState.Chain chain = node.chain();
            lines.add(COLUMNS.line(List.of(
                    node.role().name(),
                    chain.height().toString(),
                    chain.tip().toHex(),
                    Integer.toString(chain.mined()),
                    time(chain.delay().map(Propagation.Delay::median)),
                    time(chain.delay().map(Propagation.Delay::max)))));
        }
        return lines;
    }

    private static String time(Optional<Duration> delay) {
        return delay.map(time -> String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6))
                .orElse("-");
    }
}
