package proteus.application.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import proteus.application.samples.WireSamples;
import proteus.application.wire.json.PeerMessageJson;
import proteus.domain.peer.PeerMessage;

/** How long the 300 blocks of the recorded session take to decode and to encode, beside a copy of the same bytes in bincode. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RecordedBlocksBenchmark {

    private final List<byte[]> frames = new ArrayList<>();
    private final List<byte[]> texts = new ArrayList<>();
    private final List<PeerMessage> messages = new ArrayList<>();

    /** Reads the recording and keeps its blocks. */
    @Setup
    public void readRecording() throws MalformedMessageException {
        for (byte[] frame : WireSamples.recordedFrames("legacy-session")) {
            if (PeerMessageCodec.decode(frame) instanceof PeerMessage.Block block) {
                frames.add(frame);
                texts.add(PeerMessageJson.encode(block));
                messages.add(block);
            }
        }
    }

    /** The baseline: a new array of the same bytes for every block. */
    @Benchmark
    public byte[][] copy() {
        byte[][] copies = new byte[frames.size()][];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = frames.get(i).clone();
        }
        return copies;
    }

    /** From bytes to messages. */
    @Benchmark
    public PeerMessage[] decode() throws MalformedMessageException {
        PeerMessage[] decoded = new PeerMessage[frames.size()];
        for (int i = 0; i < decoded.length; i++) {
            decoded[i] = PeerMessageCodec.decode(frames.get(i));
        }
        return decoded;
    }

    /** From messages to bytes. */
    @Benchmark
    public byte[][] encode() {
        byte[][] encoded = new byte[messages.size()][];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = PeerMessageCodec.encode(messages.get(i));
        }
        return encoded;
    }

    /** From JSON to messages. */
    @Benchmark
    public PeerMessage[] decodeJson() throws MalformedMessageException {
        PeerMessage[] decoded = new PeerMessage[texts.size()];
        for (int i = 0; i < decoded.length; i++) {
            decoded[i] = PeerMessageJson.decode(texts.get(i));
        }
        return decoded;
    }

    /** From messages to JSON. */
    @Benchmark
    public byte[][] encodeJson() {
        byte[][] encoded = new byte[messages.size()][];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = PeerMessageJson.encode(messages.get(i));
        }
        return encoded;
    }
}
