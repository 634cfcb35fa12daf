package proteus.bootstrap.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerMessage;

/** Says all the nonsense to one node, each from another IP, and notes what came of it. */
final class NonsenseTable {

    private static final int IPS_IN_A_ROW = 200;
    private static final String NO_PEERS = "PeerListResponse[peers=[]]";

    private final Dial dial;
    private final Map<String, String> answers = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();

    private NonsenseTable(Dial dial) {
        this.dial = dial;
    }

    /** How a node is dialled from another IP. */
    interface Dial {

        /** Shakes hands with a node that accepts. */
        Talk from(String source, HandshakeData own) throws IOException;

        /** What becomes of a handshake with a node that need not accept. */
        String attemptFrom(String source) throws IOException;
    }

    /** Holds all the conversations, one after the other, with the node that is dialled so. */
    static NonsenseTable of(Dial dial, List<Nonsense> nonsense) throws IOException {
        NonsenseTable table = new NonsenseTable(dial);
        for (int i = 0; i < nonsense.size(); i++) {
            table.converse(nonsense.get(i), "127.1." + (1 + i / IPS_IN_A_ROW) + "." + (1 + i % IPS_IN_A_ROW));
        }
        return table;
    }

    /** A peer list request at the end shows whether the node still listens. */
    private void converse(Nonsense nonsense, String source) throws IOException {
        if (sources.put(nonsense.name(), source) != null) {
            throw new AssertionError("two of the name " + nonsense.name());
        }
        try (Talk peer = dial.from(source, Handshakes.withVersion(Handshakes.fresh(), nonsense.version()))) {
            try {
                for (byte[] bytes : nonsense.bytes()) {
                    peer.sendRaw(bytes);
                }
                if (nonsense.unfinished()) {
                    peer.endOutput();
                } else {
                    peer.sendFrame(peer.encoding().encode(new PeerMessage.PeerListRequest()));
                }
            } catch (IOException closed) {
                // What was said before the node closed can still be read.
            }
            List<String> said = Answers.until(peer, NO_PEERS);
            boolean listens = !said.isEmpty() && said.getLast().equals(NO_PEERS);
            List<String> reaction = listens ? said.subList(0, said.size() - 1) : said;
            answers.put(nonsense.name(), counted(reaction) + (listens ? ", kept" : ", closed"));
        }
    }

    private static String counted(List<String> answers) {
        if (answers.isEmpty()) {
            return "no answer";
        }
        boolean same = answers.stream().allMatch(answers.getFirst()::equals);
        return same && answers.size() > 1
                ? answers.size() + " times " + answers.getFirst()
                : String.join(", ", answers);
    }

    /** A standing of one IP. */
    record Standing(int score, String latestSanction) {}

    /** What the node has of each IP, when all sessions have ended. */
    static Map<String, Standing> standings(ProteusNode proteus) throws Exception {
        Eventually.until("all sessions have ended", proteus.node()::peers, List::isEmpty);
        return proteus.node().punishedPeers().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().toString(),
                        entry -> new Standing(
                                entry.getValue().score(),
                                entry.getValue()
                                        .latestPunishment()
                                        .map(punishment ->
                                                punishment.sanction().getClass().getSimpleName())
                                        .orElse(""))));
    }

    /** The same, as the client prints it. */
    static Map<String, Standing> standings(NeptuneCli cli) throws Exception {
        Eventually.until("all sessions have ended", cli::peers, List::isEmpty);
        return cli.punishedPeers().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new Standing(
                                entry.getValue().standing(), entry.getValue().latestSanction())));
    }

    /** The table as lines, with the standings that the node has of the IPs. */
    List<String> lines(Map<String, Standing> standings) {
        List<String> lines = new ArrayList<>();
        answers.forEach((name, answer) -> {
            Standing standing = standings.getOrDefault(sources.get(name), new Standing(0, ""));
            String sanction =
                    standing.latestSanction().replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
            lines.add(name + ": " + answer + ", standing " + standing.score()
                    + (sanction.isEmpty() ? "" : ", " + sanction));
        });
        return lines;
    }

    /** What becomes of another dial from the IP that said this. */
    String again(String name) throws IOException {
        return dial.attemptFrom(Objects.requireNonNull(sources.get(name)));
    }
}
