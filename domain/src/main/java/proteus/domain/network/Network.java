package proteus.domain.network;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A network that a node can belong to; nodes of different networks do not talk.
 *
 * <p>Source: neptune-primitives 0.19.4, {@code network.rs}.
 */
public sealed interface Network {

    /** The main network. */
    record Main() implements Network {}

    /** The test network with mock proofs. */
    record TestnetMock() implements Network {}

    /** The private network for tests: mock proofs, trivial work. */
    record RegTest() implements Network {}

    /**
     * A public test network.
     *
     * @param number which one, in {@code [0, 255]}
     */
    record Testnet(int number) implements Network {
        public Testnet {
            if (number < 0 || number > 255) {
                throw new IllegalArgumentException("testnet number outside 0 to 255: " + number);
            }
        }
    }

    /**
     * The network that upstream's command line calls {@code name}: {@code main}, {@code testnet} (which is {@code
     * testnet-0}), {@code testnet-0} to {@code testnet-255}, {@code testnet-mock}, {@code regtest}; empty for anything
     * else. Case matters.
     */
    static Optional<Network> parse(String name) {
        return switch (name) {
            case "main" -> Optional.of(new Main());
            case "testnet-mock" -> Optional.of(new TestnetMock());
            case "regtest" -> Optional.of(new RegTest());
            case "testnet" -> Optional.of(new Testnet(0));
            default -> numbered(name);
        };
    }

    private static Optional<Network> numbered(String name) {
        String prefix = "testnet-";
        if (!name.startsWith(prefix)) {
            return Optional.empty();
        }
        String digits = name.substring(prefix.length());
        // Only the form that id() gives: no sign, no leading zero.
        return IntStream.rangeClosed(0, 255)
                .filter(number -> digits.equals(Integer.toString(number)))
                .<Network>mapToObj(Testnet::new)
                .findAny();
    }

    /** The name as upstream prints it: {@code main}, {@code testnet-mock}, {@code regtest}, {@code testnet-N}. */
    default String id() {
        return switch (this) {
            case Main() -> "main";
            case TestnetMock() -> "testnet-mock";
            case RegTest() -> "regtest";
            case Testnet(int number) -> "testnet-" + number;
        };
    }
}
