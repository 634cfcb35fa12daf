package proteus.bootstrap.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import proteus.domain.peer.PeerId;

/** The real neptune-cli, run against the RPC port of a node of either make. */
final class NeptuneCli {

    private static final long SECONDS = 60;
    private static final Pattern PEER = Pattern.compile(
            "\"address\":\"([^\"]*)\".*?\"instance_id\":(\\d+).*?\"standing\":\\{\"standing\":(-?\\d+).*?\"version\":\"([^\"]*)\"");
    private static final Pattern PUNISHED = Pattern.compile(
            "^(\\S+)\\s*\\R\\s*standing:\\s*(-?\\d+)\\s*\\R\\s*latest sanction:\\s*(.*)$", Pattern.MULTILINE);

    private final Path program;
    private final int port;

    NeptuneCli(RealPrograms programs, int port) {
        this.program = programs.program("neptune-cli");
        this.port = port;
    }

    /** A peer as the client prints it. */
    record Peer(String address, String instanceId, int standing, String version) {}

    /** A standing as the client prints it. */
    record Punished(int standing, String latestSanction) {}

    /** What a command printed, on either stream, and how it ended. */
    record Printed(String text, int exitCode) {}

    /** Runs a command. */
    Printed run(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(program.toString(), "--port", Integer.toString(port)));
        words.addAll(List.of(command));
        Path output = Files.createTempFile("neptune-cli-", ".txt");
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end within " + SECONDS + " s: " + String.join(" ", words));
            }
            return new Printed(Files.readString(output, StandardCharsets.UTF_8).strip(), process.exitValue());
        } finally {
            Files.delete(output);
        }
    }

    /** What {@code peer-info} lists. */
    List<Peer> peers() throws IOException, InterruptedException {
        String printed = run("peer-info").text();
        Matcher peers = PEER.matcher(printed);
        return peers.results()
                .map(peer -> new Peer(peer.group(1), peer.group(2), Integer.parseInt(peer.group(3)), peer.group(4)))
                .toList();
    }

    /** What {@code all-punished-peers} lists, by IP. */
    Map<String, Punished> punishedPeers() throws IOException, InterruptedException {
        String printed = run("all-punished-peers").text();
        Map<String, Punished> punished = new TreeMap<>();
        for (MatchResult peer : PUNISHED.matcher(printed).results().toList()) {
            punished.put(
                    peer.group(1),
                    new Punished(Integer.parseInt(peer.group(2)), peer.group(3).strip()));
        }
        return punished;
    }

    /** The node's own instance id, in decimal digits. */
    String ownInstanceId() throws IOException, InterruptedException {
        return run("own-instance-id").text();
    }

    /** Who the node is on libp2p. */
    PeerId ownPeerId() throws IOException, InterruptedException {
        String printed = run("network-overview").text();
        Matcher id = Pattern.compile("PeerId: +(\\w+)").matcher(printed);
        if (!id.find()) {
            throw new AssertionError("no PeerId: " + printed);
        }
        return PeerId.parse(id.group(1)).orElseThrow();
    }

    /** How many connections over libp2p the node has, with a session or without. */
    int connections() throws IOException, InterruptedException {
        String printed = run("network-overview").text();
        Matcher count = Pattern.compile("Connections: +(\\d+)/").matcher(printed);
        if (!count.find()) {
            throw new AssertionError("no count of connections: " + printed);
        }
        return Integer.parseInt(count.group(1));
    }

    /** The height of the node's tip. */
    long blockHeight() throws IOException, InterruptedException {
        String printed = run("block-height").text();
        Matcher height = Pattern.compile("\\d+").matcher(printed);
        if (!height.find()) {
            throw new AssertionError("no height: " + printed);
        }
        return Long.parseLong(height.group());
    }
}
