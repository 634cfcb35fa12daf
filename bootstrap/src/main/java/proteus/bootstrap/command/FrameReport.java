package proteus.bootstrap.command;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.bootstrap.logging.Printable;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.Genesis;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** Prints frames as they are decoded and sums them up at the end. */
final class FrameReport {

    private final PrintWriter out;
    private final boolean verbose;
    private final Set<Network> networks = new HashSet<>();
    private final Map<PeerMessageKind, long[]> byKind = new EnumMap<>(PeerMessageKind.class);
    private final Map<Digest, Long> blocks = new HashMap<>();
    private final Map<Digest, Digest> parents = new HashMap<>();
    private long frames;
    private long bytes;
    private long malformed;

    FrameReport(PrintWriter out, boolean verbose) {
        this.out = out;
        this.verbose = verbose;
    }

    /** Decodes and prints one frame. */
    void frame(int line, String origin, byte[] payload) {
        frames++;
        bytes += payload.length;
        PeerMessage message;
        try {
            message = PeerMessageCodec.decode(payload);
        } catch (MalformedMessageException e) {
            malformed++;
            out.printf("%5d %s%,12d B  MALFORMED %s%n", line, origin, payload.length, e.getMessage());
            return;
        }
        long[] sums = byKind.computeIfAbsent(message.kind(), ignored -> new long[2]);
        sums[0]++;
        sums[1] += payload.length;
        if (message instanceof PeerMessage.Handshake(var _, var data)) {
            networks.add(data.network());
        }
        print(line, origin, payload.length, message);
    }

    private void print(int line, String origin, int size, PeerMessage message) {
        List<Block> carried = MessageText.blocksOf(message);
        List<Digest> hashes = carried.stream().map(BlockHash::of).toList();
        String text = MessageText.of(message) + (hashes.size() == 1 ? ", hash " + hashes.getFirst() : "");
        out.printf(
                "%5d %s%,12d B  %-32s %s%n", line, origin, size, message.kind().upstreamName(), text);
        for (int i = 0; i < carried.size(); i++) {
            BlockHeader header = carried.get(i).kernel().header();
            if (hashes.size() > 1) {
                out.printf("      block of height %s, hash %s%n", header.height(), hashes.get(i));
            }
            // A proposal has no proof of work yet, so its hash is not a block's of the chain.
            if (!(message instanceof PeerMessage.BlockProposal)) {
                blocks.put(hashes.get(i), header.height().value());
                parents.put(hashes.get(i), header.prevBlockDigest());
            }
        }
        if (verbose) {
            out.println("      " + Printable.of(message.toString()));
        }
    }

    /** Prints the sums; returns the exit code: 0 if there were frames and every one was understood. */
    int finish() {
        out.println();
        out.printf("%-32s %8s %14s%n", "kind", "frames", "bytes");
        byKind.forEach((kind, sums) -> out.printf("%-32s %8d %,14d%n", kind.upstreamName(), sums[0], sums[1]));
        out.printf("%-32s %8d %,14d%n", "in all", frames, bytes);
        if (!blocks.isEmpty()) {
            printChain();
        }
        if (frames == 0) {
            out.println("There were no frames to read.");
        }
        if (malformed > 0) {
            out.printf("%d frames were not understood%n", malformed);
        }
        out.flush();
        return malformed == 0 && frames > 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void printChain() {
        long lowest = blocks.values().stream().mapToLong(Long::longValue).min().orElse(0);
        long highest = blocks.values().stream().mapToLong(Long::longValue).max().orElse(0);
        long linked = parents.values().stream().filter(blocks::containsKey).count();
        out.printf(
                "%d distinct blocks, heights %d to %d; %d have their parent among them by computed hash%n",
                blocks.size(), lowest, highest, linked);
        Set<Digest> outside = new HashSet<>(parents.values());
        outside.removeAll(blocks.keySet());
        for (Digest parent : outside) {
            out.printf("the parent %s is %s%n", parent, origin(parent));
        }
    }

    private String origin(Digest parent) {
        return networks.stream()
                .filter(network -> Genesis.of(network).digest().equals(parent))
                .map(network -> "the genesis block of " + network.id())
                .findAny()
                .orElse("not among them");
    }
}
