package proteus.application.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.samples.AllocatedBytes;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.MalformedMessageException.Reason;

/** Decoding takes at most 64 times the text and 1 MiB of heap, whatever the text is. */
class JsonAllocationTest {

    private static final int MIB = 1 << 20;
    private static final long FACTOR = 64;
    private static final int MILLION = 1_000_000;
    private static final String ZERO = "\"" + "0".repeat(80) + "\"";
    private static final String KERNEL_TAIL =
            "\"fee\":0,\"coinbase\":null,\"timestamp\":0,\"mutator_set_hash\":" + ZERO + ",\"merge_bit\":false}";
    private static final String INDICES =
            "{\"absolute_indices\":{\"minimum\":0,\"distances\":[0" + ",0".repeat(44) + "]},\"target_chunks\":";
    private static final String NO_PROOF = "{\"proof\":[]}";
    private static final String SINGLE = ",\"proof\":{\"SingleProof\":" + NO_PROOF + "}}}";
    private static final String TO_INPUTS = "{\"Transaction\":{\"kernel\":{\"inputs\":[";
    private static final String AFTER_INPUTS = "],\"outputs\":[],\"announcements\":[]," + KERNEL_TAIL + SINGLE;
    private static final String COVERAGE = "{\"SyncCoverage\":{\"lower_bound\":0,\"upper_bound\":0,\"limbs\":[";
    private static final String UNWANTED = "{\"SyncCoverage\":{\"lower_bound\":0,\"upper_bound\":0,\"limbs\":[],";

    private final AllocatedBytes allocated = new AllocatedBytes();

    /**
     * A text that holds as many objects for its bytes as its type allows, or something without end.
     *
     * @param name what it is
     * @param text a message
     * @param reason why it is none; empty if it is one
     */
    record Hostile(String name, String text, Optional<Reason> reason) {
        @Override
        public String toString() {
            return name + ", " + text.length() + " bytes";
        }
    }

    static List<Hostile> wellFormed() {
        return List.of(
                list(
                        "empty chunk entries",
                        TO_INPUTS + INDICES + "{\"dictionary\":[",
                        100_000,
                        "[0,[{\"authentication_path\":[]},{\"relative_indices\":[]}]]",
                        "]}}" + AFTER_INPUTS),
                list(
                        "chunks of one word",
                        TO_INPUTS + INDICES + "{\"dictionary\":[",
                        100_000,
                        "[0,[{\"authentication_path\":[]},{\"relative_indices\":[0]}]]",
                        "]}}" + AFTER_INPUTS),
                list("inputs", TO_INPUTS, 16_384, INDICES + "{\"dictionary\":[]}}", AFTER_INPUTS),
                list(
                        "announcements",
                        "{\"Transaction\":{\"kernel\":{\"inputs\":[],\"outputs\":[],\"announcements\":[",
                        16_384,
                        "{\"message\":[]}",
                        "]," + KERNEL_TAIL + SINGLE),
                list(
                        "announcements of one element",
                        "{\"Transaction\":{\"kernel\":{\"inputs\":[],\"outputs\":[],\"announcements\":[",
                        16_384,
                        "{\"message\":[0]}",
                        "]," + KERNEL_TAIL + SINGLE),
                list(
                        "thruputs",
                        "{\"LinkTx\":{\"kernel\":{\"kernel\":{\"inputs\":[],\"outputs\":[],\"announcements\":[],"
                                + KERNEL_TAIL + ",\"thruputs\":[",
                        100_000,
                        "{\"canonical_commitment\":" + ZERO + "}",
                        "]},\"proof\":" + NO_PROOF + "}}"),
                list(
                        "known blocks",
                        "{\"BlockRequestBatch\":{\"anchor\":{\"leaf_count\":0,\"peaks\":[]},\"max_response_len\":0,"
                                + "\"known_blocks\":[",
                        100_000,
                        ZERO,
                        "]}}"),
                list("peers", "{\"PeerListResponse\":[", 300_000, "[\"0.0.0.0:0\",0]", "]}"),
                list("peers of version 6", "{\"PeerListResponse\":[", 300_000, "[\"[::]:0\",0]", "]}"),
                list("limbs", COVERAGE, 4 * MILLION, "0", "]}}"),
                list(
                        "bytes",
                        "{\"ArchivalMutatorSet\":{\"block_hash\":" + ZERO + ",\"total_len\":0,\"offset\":0,\"bytes\":[",
                        4 * MILLION,
                        "0",
                        "]}}"),
                list(
                        "a proof of zeros",
                        "{\"LinkTx\":{\"kernel\":{\"kernel\":{\"inputs\":[],\"outputs\":[],\"announcements\":[],"
                                + KERNEL_TAIL + ",\"thruputs\":[]},\"proof\":{\"proof\":[",
                        4 * MILLION,
                        "0",
                        "]}}}"),
                list("a million members of one name", UNWANTED, MILLION, "\"\":0", "}}"),
                whole(
                        "a million members of different names",
                        UNWANTED
                                + IntStream.range(0, MILLION)
                                        .mapToObj(i -> "\"" + Integer.toString(i, 36) + "\":0")
                                        .collect(Collectors.joining(","))
                                + "}}"),
                whole("objects in an unwanted member", UNWANTED + "\"x\":[" + "{},".repeat(MILLION) + "{}]}}"),
                whole("an unwanted string", UNWANTED + "\"x\":\"" + "é".repeat(5 * MILLION) + "\"}}"),
                whole("an unwanted string of escapes", UNWANTED + "\"x\":\"" + "\\u00e9".repeat(MILLION) + "\"}}"),
                whole("white space", " ".repeat(10 * MILLION) + "\"Bye\"" + "\n".repeat(10 * MILLION)));
    }

    static List<Hostile> bombs() {
        return List.of(
                bomb(Reason.WRONG_TYPE, "a list in a list and so on", COVERAGE + "[".repeat(10 * MILLION)),
                bomb(Reason.WRONG_TYPE, "many lists at once", "[".repeat(10 * MILLION)),
                bomb(
                        Reason.BEYOND_LIMITS,
                        "an unwanted depth of lists",
                        UNWANTED + "\"x\":" + "[".repeat(10 * MILLION)),
                bomb(
                        Reason.BEYOND_LIMITS,
                        "an unwanted depth of objects",
                        UNWANTED + "\"x\":" + "{\"x\":".repeat(2 * MILLION)),
                bomb(Reason.BEYOND_LIMITS, "a number of 10 MB", COVERAGE + "9".repeat(10 * MILLION) + "]}}"),
                bomb(Reason.BEYOND_LIMITS, "a fraction of 10 MB", COVERAGE + "0." + "9".repeat(10 * MILLION) + "]}}"),
                bomb(
                        Reason.BEYOND_LIMITS,
                        "an unwanted number of 10 MB",
                        UNWANTED + "\"x\":-" + "9".repeat(10 * MILLION) + "}}"),
                bomb(Reason.NOT_JSON, "10 MB of zeros", COVERAGE + "0".repeat(10 * MILLION) + "]}}"),
                bomb(Reason.WRONG_TYPE, "a large exponent", COVERAGE + "1e999999999]}}"),
                bomb(Reason.BEYOND_LIMITS, "a name of 10 MB", UNWANTED + "\"" + "x".repeat(10 * MILLION) + "\":0}}"),
                bomb(Reason.BEYOND_LIMITS, "a kind of 10 MB", "\"" + "x".repeat(10 * MILLION) + "\""),
                bomb(
                        Reason.BEYOND_LIMITS,
                        "a digest of 10 MB",
                        "{\"BlockRequestByHash\":\"" + "0".repeat(10 * MILLION) + "\"}"),
                bomb(
                        Reason.BEYOND_LIMITS,
                        "an address of 10 MB",
                        "{\"PeerListResponse\":[[\"" + "\\u0030".repeat(2 * MILLION) + "\",0]]}"),
                bomb(
                        Reason.BAD_STRING,
                        "an address of 190 kB",
                        "{\"PeerListResponse\":[[\"" + ":".repeat(190_000) + "\",0]]}"),
                bomb(
                        Reason.LIST_TOO_LONG,
                        "a list that is too long by one",
                        TO_INPUTS + "],\"announcements\":[" + "{\"message\":[]},".repeat(16_384) + "{}"),
                bomb(Reason.ENDS_EARLY, "a list without end", COVERAGE + "4294967295,".repeat(MILLION) + "0"),
                bomb(Reason.ENDS_EARLY, "a string without end", UNWANTED + "\"x\":\"" + "x".repeat(10 * MILLION)));
    }

    private static Hostile list(String name, String before, int count, String element, String after) {
        return whole(name, before + (element + ",").repeat(count - 1) + element + after);
    }

    private static Hostile whole(String name, String text) {
        return new Hostile(name, text, Optional.empty());
    }

    private static Hostile bomb(Reason reason, String name, String text) {
        return new Hostile(name, text, Optional.of(reason));
    }

    @ParameterizedTest
    @MethodSource({"wellFormed", "bombs"})
    void aHostileTextTakesABoundedMultipleOfItsBytes(Hostile hostile) {
        byte[] text = hostile.text().getBytes(StandardCharsets.UTF_8);
        long limit = FACTOR * text.length + MIB;

        long taken = allocated.takenBy(() -> assertThat(faultOf(text)).isEqualTo(hostile.reason()), limit);

        assertThat(taken).isLessThanOrEqualTo(limit);
    }

    private static Optional<Reason> faultOf(byte[] text) {
        try {
            PeerMessageJson.decode(text);
            return Optional.empty();
        } catch (MalformedMessageException malformed) {
            return Optional.of(malformed.reason());
        }
    }
}
