package proteus.domain.network;

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
