package proteus.application.migration;

import proteus.application.port.Stack;

/** What is to become of a session now. */
sealed interface Verdict {

    /** For people. */
    String text();

    /** It stays where it is. */
    record Stays(String text) implements Verdict {}

    /**
     * It is to be moved.
     *
     * @param cause why, for people
     */
    record Move(Stack to, String cause) implements Verdict {
        @Override
        public String text() {
            return "moving";
        }
    }

    /** It is to end: its stack is not used any more, and it cannot be moved. */
    record Leave(String text) implements Verdict {}
}
