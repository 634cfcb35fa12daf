package proteus.bootstrap.demo;

import java.util.stream.Stream;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;

/** A part of what a demo shows: what is done at its beginning, and what is to have come of it at its end. */
sealed interface Chapter {

    /** What it is called in the table at the end. */
    String title();

    /** What happens in it, for who watches. */
    String told();

    /** Whether all that it waits for is so. */
    boolean isDone(DemoState state);

    /** All connect. */
    record Connecting(Stack stack) implements Chapter {
        @Override
        public String title() {
            return stack == Stack.LEGACY ? "dual" : "libp2p only";
        }

        @Override
        public String told() {
            return stack == Stack.LEGACY
                    ? "Five nodes in the stage 'dual': they have both stacks, and connect over the legacy one."
                    : "Five nodes without a legacy stack: they connect over libp2p, and there is nothing to migrate.";
        }

        @Override
        public boolean isDone(DemoState state) {
            return state.awaited().isEmpty();
        }
    }

    /**
     * A share of the peers of each node is moved.
     *
     * @param percent how many
     */
    record Moving(int percent) implements Chapter {

        Rollout rollout() {
            return new Rollout(Stage.MIGRATE, percent);
        }

        @Override
        public String title() {
            return rollout().toString();
        }

        @Override
        public String told() {
            return percent == 0
                    ? "All nodes are set to 'migrate' with a share of 0 %: nobody is moved yet."
                    : "The share is set to " + percent
                            + " %: each node moves so many of its peers from legacy to libp2p.";
        }

        @Override
        public boolean isDone(DemoState state) {
            boolean moves =
                    state.nodes().stream().anyMatch(node -> node.migration().moving() > 0);
            boolean all = ours(state).allMatch(link -> link.isOver(Stack.LIBP2P));
            return !moves && (percent < Rollout.ALL || all);
        }
    }

    /** One link lets libp2p through no more. */
    record LinkIsBad() implements Chapter {

        static final String LINK = DemoState.pair(BadLink.ONE, new Party.Ours(BadLink.OTHER));

        @Override
        public String title() {
            return LINK + " is bad";
        }

        @Override
        public String told() {
            return "The link " + LINK
                    + " is made bad: it cuts libp2p off. These two must go back to legacy by themselves.";
        }

        @Override
        public boolean isDone(DemoState state) {
            return ours(state).allMatch(link -> link.isOver(link.name().equals(LINK) ? Stack.LEGACY : Stack.LIBP2P));
        }
    }

    private static Stream<DemoState.Link> ours(DemoState state) {
        return state.links().stream().filter(link -> !link.isElsewhere());
    }
}
