package proteus.adapters.libp2p.engine.yamux;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two sessions, random operations on many streams, and a wire that cuts the bytes anywhere. */
class YamuxRandomOperationsTest {

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 20), new Random().longs(20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyByteArrivesInOrderOrItsStreamWasReset(long seed) {
        RandomSessions sessions = new RandomSessions(seed);

        for (int i = 0; i < 600; i++) {
            sessions.doSomething();
        }
        sessions.settle();
        sessions.assertCreditIsBalanced();
        sessions.endAllStreams();
        sessions.settle();
        // Some have been announced only by their end.
        sessions.endAllStreams();
        sessions.settle();

        sessions.assertAllStreamsAreOver();
        sessions.close();
        sessions.assertNothingIsHeld();
    }
}
