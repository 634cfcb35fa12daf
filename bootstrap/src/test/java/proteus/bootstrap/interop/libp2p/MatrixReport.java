package proteus.bootstrap.interop.libp2p;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import proteus.bootstrap.interop.GeneratedTable;

/** Collects what passed, and writes it into {@code docs/interop.md} if that was asked for. For one thread. */
final class MatrixReport {

    private final boolean isAsked;
    private final Map<Pair, Set<Link>> passed = new LinkedHashMap<>();
    private final Map<String, String> agents = new TreeMap<>();

    private record Pair(String dialler, String listener) {}

    private final Set<Cell> triedTwice = new HashSet<>();

    private MatrixReport(boolean isAsked) {
        this.isAsked = isAsked;
    }

    /** Asked for or not by {@code -Dinterop.report=true}. */
    static MatrixReport asAsked() {
        return new MatrixReport(Boolean.getBoolean("proteus.interop.report"));
    }

    /** Every operation passed there. */
    void passed(Cell cell) {
        passed.computeIfAbsent(new Pair(cell.dialler(), cell.listener()), _ -> EnumSet.noneOf(Link.class))
                .add(cell.link());
    }

    /** An operation there came to no end at first. */
    void triedTwice(Cell cell) {
        triedTwice.add(cell);
    }

    /** What a peer says that it is. */
    void isAgent(String peer, String agent) {
        agents.put(peer, agent);
    }

    void write() throws IOException {
        if (!isAsked) {
            return;
        }
        List<String> columns = new ArrayList<>(List.of("Dialler, listener"));
        for (Link link : Link.values()) {
            columns.add(link.toString());
        }
        columns.addAll(List.of("Versions", "Date, commit"));
        GeneratedTable table = new GeneratedTable("InteropMatrixTest", columns);
        for (Pair pair : passed.keySet()) {
            table.put(row(pair));
        }
    }

    private List<String> row(Pair pair) {
        List<String> row = new ArrayList<>(List.of(pair.dialler() + ", " + pair.listener()));
        for (Link link : Link.values()) {
            row.add(cell(pair, link));
        }
        row.add(agents.getOrDefault(pair.dialler(), pair.dialler()) + ", "
                + agents.getOrDefault(pair.listener(), pair.listener()));
        row.add(GeneratedTable.dateAndCommit());
        return row;
    }

    private String cell(Pair pair, Link link) {
        if (!passed.getOrDefault(pair, Set.of()).contains(link)) {
            return "**failed**";
        }
        Cell cell = new Cell(pair.dialler(), pair.listener(), link);
        return (triedTwice.contains(cell) ? "passed at the second try" : "passed")
                + (cell.readsResetAsEnd() ? "; a reset is read as an end" : "");
    }
}
