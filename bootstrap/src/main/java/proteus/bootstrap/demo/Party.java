package proteus.bootstrap.demo;

import proteus.application.port.PeerTarget;

/** Whom the nodes of a demo may be connected to. */
sealed interface Party {

    /** What it is called in the picture. */
    String name();

    /** A node of the demo. */
    record Ours(Role role) implements Party {
        @Override
        public String name() {
            return role.name();
        }
    }

    /**
     * A node that the demo joins.
     *
     * @param number counts from 1
     */
    record Elsewhere(int number, PeerTarget target) implements Party {
        @Override
        public String name() {
            return "J" + number;
        }
    }
}
