package proteus.bootstrap.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import proteus.adapters.persistence.RocksDbPeerStore;
import proteus.adapters.rpc.CallOutcome;
import proteus.adapters.rpc.JournalJson;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationStore;
import proteus.application.port.PeerKey;
import proteus.application.port.StoreException;
import proteus.bootstrap.config.ConfigurationReader;
import proteus.bootstrap.config.Host;
import proteus.bootstrap.config.MisconfigurationException;
import proteus.bootstrap.config.Source;
import proteus.bootstrap.logging.Printable;

/** {@code journal}: what did the migration of a node do, and what was ordered? */
@Command(
        name = "journal",
        header =
                "Show what the migration of a node on this machine did, and what its operator ordered; the latest last.",
        description = {
            "",
            "The running node is asked. If none runs there, the journal is read from the peer store in the data directory, no "
                    + "file of which is changed, and a line on standard error says so.",
            "",
            "The flags, variables and the file are the node's: they say where its RPC, its cookie and its peer store are."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./proteus journal --network regtest",
            "  ./proteus journal --peer 203.0.113.7:9798 --limit 10",
            "  ./proteus journal --limit 10000 --json > journal.jsonl"
        })
final class JournalCommand implements Callable<Integer> {

    private static final int USUAL_LIMIT = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Host host;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--peer",
            paramLabel = "KEY",
            description =
                    "Only what is about this peer: its peer id, or where it takes legacy connections, as the journal "
                            + "shows it.")
    private Optional<String> peer = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            description =
                    "How many entries at most, 1 to " + MigrationStore.MAX_JOURNAL + ". Default: " + USUAL_LIMIT + ".")
    private Optional<String> limit = Optional.empty();

    @Option(
            names = "--json",
            description = "One JSON object a line, as docs/rpc.md describes it, with nothing shortened.")
    private boolean asJson;

    private JournalCommand(Host host) {
        this.host = host;
    }

    /** The command with its options. */
    static CommandSpec of(Host host) {
        CommandSpec command = CommandSpec.forAnnotatedObject(new JournalCommand(host));
        NodeCalls.OPTIONS.addTo(command);
        return command;
    }

    @Override
    public Integer call() throws StoreException {
        Source options = NodeCalls.OPTIONS.read(spec.commandLine().getParseResult());
        List<String> problems = new ArrayList<>(options.problems());
        Optional<PeerKey> key = peer.flatMap(text -> key(text, problems));
        int most = limit.map(text -> most(text, problems)).orElse(USUAL_LIMIT);
        Source checked = new Source(options.values(), problems);
        List<JournalEntry> entries = entries(checked, key, most);
        PrintWriter out = spec.commandLine().getOut();
        if (asJson) {
            entries.stream().map(JournalJson::line).forEach(out::println);
        } else if (entries.isEmpty()) {
            out.println("There is nothing in the journal"
                    + key.map(of -> " about " + of).orElse("") + ".");
        } else {
            JournalText.lines(entries).forEach(out::println);
        }
        return ExitCode.OK;
    }

    private static Optional<PeerKey> key(String text, List<String> problems) {
        Optional<PeerKey> key = PeerKey.parse(text);
        if (key.isEmpty()) {
            problems.add("--peer: '" + text + "' is not a peer id, nor an IP and a port such as 127.0.0.1:9798");
        }
        return key;
    }

    private static int most(String text, List<String> problems) {
        int most = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (most < 1 || most > MigrationStore.MAX_JOURNAL) {
            problems.add("--limit: '" + text + "' is not a whole number from 1 to " + MigrationStore.MAX_JOURNAL);
        }
        return most;
    }

    private List<JournalEntry> entries(Source options, Optional<PeerKey> key, int most) throws StoreException {
        NodeCalls node = NodeCalls.of(host, options, spec.commandLine(), PATIENCE);
        Map<String, String> arguments = new HashMap<>(Map.of("most", Integer.toString(most)));
        key.ifPresent(of -> arguments.put("peer", of.toString()));
        CallOutcome outcome = node.call("MigrationJournal", arguments);
        return switch (outcome) {
            case CallOutcome.NoNode(String reason) ->
                stored(options, key, most, "No node at " + node.address() + ": " + reason);
            case CallOutcome.NoCookie(String reason) ->
                stored(
                        options,
                        key,
                        most,
                        "No node of this directory at " + node.address() + ": there is no cookie: " + reason);
            case CallOutcome.Result _,
                    CallOutcome.Refused _,
                    CallOutcome.WrongCookie _,
                    CallOutcome.NoAnswer _,
                    CallOutcome.TimedOut _ -> node.read(outcome, JournalJson::read);
        };
    }

    private List<JournalEntry> stored(Source options, Optional<PeerKey> key, int most, String why)
            throws StoreException {
        Path peers = peerStore(options);
        // The command is told where a node is by default, and there may never have been one.
        if (!Files.exists(peers)) {
            throw new CommandFailedException(Printable.of(why + "; and there is no peer store at " + peers
                    + "; are --network, --data-dir and --rpc-port those of the node?"));
        }
        spec.commandLine().getErr().println(Printable.of(why + "; reading the peer store at " + peers));
        List<JournalEntry> all = RocksDbPeerStore.readJournal(peers, MigrationStore.MAX_JOURNAL);
        List<JournalEntry> wanted =
                all.stream().filter(entry -> isAbout(entry, key)).toList();
        return wanted.subList(Math.max(0, wanted.size() - most), wanted.size());
    }

    private static boolean isAbout(JournalEntry entry, Optional<PeerKey> key) {
        return switch (entry) {
            case JournalEntry.StageChanged _ -> key.isEmpty();
            case JournalEntry.Moved moved -> key.isEmpty() || key.get().equals(moved.peer());
        };
    }

    private Path peerStore(Source options) {
        try {
            return ConfigurationReader.readDataDirectory(host, options).peerStore();
        } catch (MisconfigurationException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
