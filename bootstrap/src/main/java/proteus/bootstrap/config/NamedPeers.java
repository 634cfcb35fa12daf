package proteus.bootstrap.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import proteus.application.node.StackUse;
import proteus.application.port.Carrier;
import proteus.application.port.PeerTarget;
import proteus.application.port.PeerTarget.Protocol;
import proteus.application.port.Stack;
import proteus.domain.peer.PeerAddress;

/** The peers that the operator named, as this node is to dial them. */
public final class NamedPeers {

    private final Settings settings;
    private final NameResolver names;
    private final Set<Stack> built;
    private final Map<Stack, StackUse> stacks;
    private final Map<PeerAddress, PeerTarget> peers = new LinkedHashMap<>();

    private NamedPeers(Settings settings, Host host, Map<Stack, StackUse> stacks) {
        this.settings = settings;
        this.names = host.names();
        this.built = host.stacks();
        this.stacks = stacks;
    }

    /**
     * Those that can be dialled, in the order in which they are named; each of the others is a problem of {@code settings}.
     * Looks names up, which may block.
     *
     * @param host looks up names, and has some of the stacks
     * @param stacks what each stack is used for
     */
    static List<PeerTarget> read(Settings settings, Host host, Map<Stack, StackUse> stacks) {
        NamedPeers named = new NamedPeers(settings, host, stacks);
        for (Settings.Read<PeerName> read : settings.values(NetworkFlags.PEER)) {
            try {
                named.add(read);
            } catch (BadValueException fault) {
                settings.problem(read.origin() + ": " + fault.getMessage());
            }
        }
        return List.copyOf(named.peers.values());
    }

    /**
     * The peers that {@code texts} name, each in one of the forms that {@code --peer} takes, in their order and each once.
     * Looks names up, which may block.
     *
     * @param option how the operator gave them, for messages
     * @param host looks up names, and has some of the stacks
     * @throws MisconfigurationException if any cannot be dialled, or is named twice in different ways
     */
    public static List<PeerTarget> read(List<String> texts, String option, Host host) throws MisconfigurationException {
        List<Source.Given> given =
                texts.stream().map(text -> new Source.Given(text, option)).toList();
        Settings settings = new Settings(List.of(new Source(Map.of(NetworkFlags.PEER.name(), given), List.of())));
        List<PeerTarget> peers = read(settings, host, ofAll(host));
        if (!settings.problems().isEmpty()) {
            throw new MisconfigurationException(settings.problems());
        }
        return peers;
    }

    /** Dialling over every stack that there is. */
    static Map<Stack, StackUse> ofAll(Host host) {
        return host.stacks().stream().collect(Collectors.toUnmodifiableMap(stack -> stack, _ -> StackUse.BOTH));
    }

    private void add(Settings.Read<PeerName> read) throws BadValueException {
        PeerTarget peer = dialled(read.value().resolve(names), read.text());
        PeerTarget before = peers.putIfAbsent(peer.address(), peer);
        if (before != null && !before.equals(peer)) {
            throw new BadValueException(peer.address() + " is named twice, " + difference(before, peer));
        }
    }

    private static String difference(PeerTarget before, PeerTarget peer) {
        return before.expected().equals(peer.expected())
                ? "to speak " + before.protocol() + " and " + peer.protocol() + " with it"
                : "to find " + expected(before) + " and " + expected(peer) + " there";
    }

    private static String expected(PeerTarget peer) {
        return peer.expected().map(Object::toString).orElse("anybody");
    }

    /** The target in the protocols of the stacks that there are; which of them dial can change while the node runs. */
    private PeerTarget dialled(PeerTarget target, String text) throws BadValueException {
        List<Carrier> carriers = target.protocol().carriers();
        if (carriers.stream().noneMatch(carrier -> use(carrier.stack()).dials())) {
            throw new BadValueException("'" + text + "' needs " + needs(carriers));
        }
        List<Carrier> possible = carriers.stream()
                .filter(carrier -> built.contains(carrier.stack()))
                .toList();
        return possible.size() == carriers.size()
                ? target
                : new PeerTarget(target.address(), protocol(possible.getFirst()), target.expected());
    }

    private StackUse use(Stack stack) {
        return stacks.getOrDefault(stack, StackUse.OFF);
    }

    private static Protocol protocol(Carrier carrier) {
        return switch (carrier) {
            case LEGACY_TCP -> Protocol.LEGACY;
            case LIBP2P_TCP -> Protocol.LIBP2P;
            case LIBP2P_QUIC -> Protocol.QUIC;
        };
    }

    private String needs(List<Carrier> carriers) {
        List<Carrier> possible = carriers.stream()
                .filter(carrier -> built.contains(carrier.stack()))
                .toList();
        if (possible.isEmpty()) {
            return "the " + word(carriers.getFirst().stack()) + " stack, which this build does not have";
        }
        List<String> modes = possible.stream()
                .map(carrier -> mode(carrier.stack()) + " is " + word(use(carrier.stack())))
                .toList();
        return modes.size() == 1
                ? "the " + word(possible.getFirst().stack()) + " stack to dial, and " + modes.getFirst()
                        + "; make it dial or both"
                : "a stack that dials, and " + String.join(" and ", modes) + "; make one of them dial or both";
    }

    private String mode(Stack stack) {
        return settings.origin(
                switch (stack) {
                    case LEGACY -> NetworkFlags.LEGACY;
                    case LIBP2P -> NetworkFlags.LIBP2P;
                });
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
