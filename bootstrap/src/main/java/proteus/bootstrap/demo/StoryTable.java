package proteus.bootstrap.demo;

import java.util.ArrayList;
import java.util.List;
import proteus.bootstrap.demo.Columns.Column;

/** How the chapters of a story ended, as lines of text. */
final class StoryTable {

    private static final Columns COLUMNS = Columns.of(
            Column.left("CHAPTER", 15),
            Column.right("ENDED AFTER", 11),
            Column.right("ON LEGACY", 9),
            Column.right("ON LIBP2P", 9),
            Column.right("SESSIONS LOST", 13),
            Column.right("BLOCK THAT ALL HAVE", 19),
            Column.left("", 6));

    private final List<Story.Ended> ended;

    StoryTable(List<Story.Ended> ended) {
        this.ended = List.copyOf(ended);
    }

    /** A line for each chapter. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(COLUMNS.titles()));
        for (Story.Ended end : ended) {
            lines.add(COLUMNS.line(List.of(
                    end.chapter().title(),
                    end.after().toSeconds() + " s",
                    Integer.toString(end.legacy()),
                    Integer.toString(end.libp2p()),
                    Integer.toString(end.lost()),
                    Long.toString(end.height()),
                    end.isGood() ? "" : "FAILED")));
        }
        return lines;
    }
}
