package proteus.application.node;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTransport;
import proteus.application.port.Stack;

/**
 * The transports of a node, and where they listen: there where the settings say, as far as the stack is to accept now. Safe
 * for use by many threads; blocks for a moment while ports are opened and closed.
 */
final class Listeners {

    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    private final List<PeerTransport> transports;
    private final NodeSettings settings;
    private final StackUses uses;
    private final OwnHandshake handshake;
    /** Where a port was opened for an endpoint of the settings: the same is taken the next time. */
    private final Map<PeerEndpoint, PeerEndpoint> opened = new HashMap<>();

    private final List<PeerEndpoint> listening = new ArrayList<>();

    Listeners(List<PeerTransport> transports, NodeSettings settings, StackUses uses, OwnHandshake handshake) {
        this.transports = List.copyOf(transports);
        this.settings = settings;
        this.uses = uses;
        this.handshake = handshake;
    }

    /**
     * From now on stacks are used like this.
     *
     * @throws IOException if an address cannot be bound; the message names it, and all is as it was as far as that can be
     */
    synchronized void use(Map<Stack, StackUse> next) throws IOException {
        Map<Stack, StackUse> before = uses.all();
        boolean done = false;
        try {
            uses.set(next);
            listen();
            done = true;
        } finally {
            if (!done) {
                uses.set(before);
                closeUnused();
            }
        }
        closeUnused();
    }

    /** New ports first: a node that changes its stack can be reached all the time. */
    private void listen() throws IOException {
        if (!settings.connections().allowsIncoming()) {
            return;
        }
        for (PeerEndpoint wanted : settings.listenEndpoints()) {
            Optional<PeerTransport> transport = transport(wanted.carrier().stack());
            boolean isOpen = opened.containsKey(wanted) && listening.contains(opened.get(wanted));
            if (transport.isPresent()
                    && !isOpen
                    && uses.of(wanted.carrier().stack()).accepts()) {
                PeerEndpoint bound = transport.get().listen(opened.getOrDefault(wanted, wanted));
                opened.put(wanted, bound);
                listening.add(bound);
                handshake.listeningAt(bound);
                LOG.log(Level.INFO, "Now listening for incoming peer-connections at {0}", bound);
            }
        }
    }

    private void closeUnused() {
        for (PeerTransport transport : transports) {
            Stack stack = transport.stack();
            boolean isOpen =
                    listening.stream().anyMatch(endpoint -> endpoint.carrier().stack() == stack);
            if (isOpen && !uses.of(stack).accepts()) {
                transport.stopListening();
                for (PeerEndpoint closed : List.copyOf(listening)) {
                    if (closed.carrier().stack() == stack) {
                        listening.remove(closed);
                        handshake.notListeningAt(closed.carrier());
                        LOG.log(Level.INFO, "No longer listening for incoming peer-connections at {0}", closed);
                    }
                }
            }
        }
    }

    /** Where it listens now; a copy. */
    synchronized List<PeerEndpoint> listening() {
        return List.copyOf(listening);
    }

    /** Whether this node has the stack. */
    boolean has(Stack stack) {
        return transport(stack).isPresent();
    }

    private Optional<PeerTransport> transport(Stack stack) {
        return transports.stream()
                .filter(transport -> transport.stack() == stack)
                .findFirst();
    }

    /** Whether sessions may be carried by {@code stack}. */
    boolean uses(Stack stack) {
        return uses.of(stack) != StackUse.OFF;
    }

    /** What dials over {@code stack}; empty if nothing does now. */
    Optional<PeerTransport> dialling(Stack stack) {
        return transport(stack).filter(_ -> uses.of(stack).dials());
    }
}
