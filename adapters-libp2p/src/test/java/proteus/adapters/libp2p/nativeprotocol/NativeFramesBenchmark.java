package proteus.adapters.libp2p.nativeprotocol;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import proteus.application.frame.FrameEncoding;
import proteus.application.samples.RandomPeerMessages;
import proteus.application.samples.WireSamples;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/**
 * How long the 300 blocks of the recorded session, and 300 small messages, take to write and to read: in Protobuf, and in
 * bincode, which legacy TCP and the gateway carry; beside a copy of the same bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class NativeFramesBenchmark {

    private static final int SMALL = 300;
    private static final Set<PeerMessageKind> SMALL_KINDS = EnumSet.of(
            PeerMessageKind.BLOCK_REQUEST_BY_HEIGHT,
            PeerMessageKind.BLOCK_REQUEST_BY_HASH,
            PeerMessageKind.BLOCK_NOTIFICATION,
            PeerMessageKind.BLOCK_PROPOSAL_NOTIFICATION,
            PeerMessageKind.TRANSACTION_NOTIFICATION,
            PeerMessageKind.TRANSACTION_REQUEST,
            PeerMessageKind.PEER_LIST_REQUEST);

    /** How messages are written. */
    public enum Form {
        /** As legacy TCP and the gateway do. */
        BINCODE,
        /** As Proteus nodes do among themselves. */
        PROTOBUF
    }

    /** What they are. */
    public enum What {
        /** The recorded blocks. */
        BLOCKS,
        /** Requests and announcements. */
        SMALL
    }

    /** The form. */
    @Param
    public Form form = Form.BINCODE;

    /** The messages. */
    @Param
    public What what = What.BLOCKS;

    private final List<PeerMessage> messages = new ArrayList<>();
    private final List<byte[]> payloads = new ArrayList<>();
    private FrameEncoding encoding = FrameEncoding.BINCODE;

    /** Makes the messages, and says how many bytes they are. */
    @Setup
    public void makeMessages() throws MalformedMessageException {
        encoding = form == Form.PROTOBUF ? new NativeFrames() : FrameEncoding.BINCODE;
        if (what == What.BLOCKS) {
            for (byte[] frame : WireSamples.recordedFrames("legacy-session")) {
                if (PeerMessageCodec.decode(frame) instanceof PeerMessage.Block block) {
                    messages.add(block);
                }
            }
        } else {
            List<PeerMessageKind> kinds = List.copyOf(SMALL_KINDS);
            for (int i = 0; i < SMALL; i++) {
                messages.add(new RandomPeerMessages(new Random(i)).next(kinds.get(i % kinds.size())));
            }
        }
        messages.forEach(message -> payloads.add(encoding.encode(message)));
        long bytes = payloads.stream().mapToLong(payload -> payload.length).sum();
        System.out.println(messages.size() + " messages of " + bytes + " bytes in all");
    }

    /** The baseline: a new array of the same bytes for every message. */
    @Benchmark
    public byte[][] copy() {
        byte[][] copies = new byte[payloads.size()][];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = payloads.get(i).clone();
        }
        return copies;
    }

    /** From bytes to messages. */
    @Benchmark
    public PeerMessage[] decode() throws MalformedMessageException {
        PeerMessage[] decoded = new PeerMessage[payloads.size()];
        for (int i = 0; i < decoded.length; i++) {
            decoded[i] = encoding.decode(payloads.get(i));
        }
        return decoded;
    }

    /** From messages to bytes. */
    @Benchmark
    public byte[][] encode() {
        byte[][] encoded = new byte[messages.size()][];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = encoding.encode(messages.get(i));
        }
        return encoded;
    }
}
