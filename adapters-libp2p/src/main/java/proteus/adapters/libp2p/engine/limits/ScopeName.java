package proteus.adapters.libp2p.engine.limits;

import proteus.adapters.libp2p.engine.identity.PeerId;

/** Which scope of the tree. The text of each is for logs. */
public sealed interface ScopeName {

    /** The whole host. */
    record WholeSystem() implements ScopeName {
        @Override
        public String toString() {
            return "system";
        }
    }

    /** All connections whose remote has not proven who it is. */
    record Pending() implements ScopeName {
        @Override
        public String toString() {
            return "pending";
        }
    }

    /**
     * All connections with one peer.
     *
     * @param peer who has proven to be this
     */
    record Peer(PeerId peer) implements ScopeName {
        @Override
        public String toString() {
            return "peer " + peer;
        }
    }

    /**
     * One connection.
     *
     * @param direction who opened it
     * @param remote the address of the remote, as it was given
     */
    record Connection(Direction direction, String remote) implements ScopeName {
        @Override
        public String toString() {
            return switch (direction) {
                case INBOUND -> "connection from " + remote;
                case OUTBOUND -> "connection to " + remote;
            };
        }
    }

    /**
     * One stream.
     *
     * @param direction who opened it
     * @param connection what it runs in
     */
    record Stream(Direction direction, Connection connection) implements ScopeName {
        @Override
        public String toString() {
            return switch (direction) {
                case INBOUND -> "inbound stream of " + connection;
                case OUTBOUND -> "outbound stream of " + connection;
            };
        }
    }
}
