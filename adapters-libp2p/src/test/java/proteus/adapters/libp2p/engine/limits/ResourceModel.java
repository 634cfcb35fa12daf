package proteus.adapters.libp2p.engine.limits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.limits.ResourceRefusal.LimitReached;

/** What a tree of scopes should hold and answer, worked out anew from a list of everything for each question. */
final class ResourceModel {

    private final HostLimits limits;
    private final List<Link> links = new ArrayList<>();

    ResourceModel(HostLimits limits) {
        this.limits = limits;
    }

    List<Link> links() {
        return links;
    }

    Stream<Flow> flows() {
        return links.stream().flatMap(link -> link.flows.stream());
    }

    ResourceUsage system() {
        return sum(link -> true);
    }

    ResourceUsage pending() {
        return sum(link -> link.peer.isEmpty());
    }

    ResourceUsage peer(PeerId peer) {
        return sum(link -> link.peer.equals(Optional.of(peer)));
    }

    long peers() {
        return links.stream().flatMap(link -> link.peer.stream()).distinct().count();
    }

    Optional<LimitReached> whyNoConnection(Direction direction) {
        ResourceUsage one = ResourceUsage.connection(direction);
        return pendingLacks(one).or(() -> systemLacks(one));
    }

    Optional<LimitReached> whyNotSecured(Link link, PeerId peer) {
        return peerLacks(peer, link.usage());
    }

    Optional<LimitReached> whyNoStream(Link link, Direction direction) {
        return above(link, ResourceUsage.stream(direction));
    }

    Optional<LimitReached> whyNoMemory(Link link, long bytes) {
        return above(link, ResourceUsage.bytes(bytes));
    }

    Optional<LimitReached> whyNoMemory(Link link, Flow flow, long bytes) {
        ResourceUsage wanted = ResourceUsage.bytes(bytes);
        return lacking(flow.scope.name(), limits.stream(), flow.usage(), wanted).or(() -> above(link, wanted));
    }

    private Optional<LimitReached> above(Link link, ResourceUsage wanted) {
        return lacking(link.scope.name(), limits.connection(), link.usage(), wanted)
                .or(() -> link.peer.isEmpty() ? pendingLacks(wanted) : peerLacks(link.peer.get(), wanted))
                .or(() -> systemLacks(wanted));
    }

    private Optional<LimitReached> pendingLacks(ResourceUsage wanted) {
        return lacking(new ScopeName.Pending(), limits.pending(), pending(), wanted);
    }

    private Optional<LimitReached> peerLacks(PeerId peer, ResourceUsage wanted) {
        return lacking(new ScopeName.Peer(peer), limits.peer(), peer(peer), wanted);
    }

    private Optional<LimitReached> systemLacks(ResourceUsage wanted) {
        return lacking(new ScopeName.WholeSystem(), limits.system(), system(), wanted);
    }

    private static Optional<LimitReached> lacking(
            ScopeName name, ScopeLimits limits, ResourceUsage held, ResourceUsage wanted) {
        return Arrays.stream(Resource.values())
                .filter(resource -> held.amount(resource) + wanted.amount(resource) > limits.limit(resource))
                .findFirst()
                .map(resource -> new LimitReached(
                        name, resource, limits.limit(resource), held.amount(resource), wanted.amount(resource)));
    }

    private ResourceUsage sum(Predicate<Link> which) {
        return links.stream().filter(which).map(Link::usage).reduce(ResourceUsage.NONE, ResourceUsage::plus);
    }

    /** A connection. */
    static final class Link {

        final ConnectionScope scope;
        final List<Flow> flows = new ArrayList<>();
        Optional<PeerId> peer = Optional.empty();
        long memory;

        Link(ConnectionScope scope) {
            this.scope = scope;
        }

        ResourceUsage usage() {
            return flows.stream()
                    .map(Flow::usage)
                    .reduce(
                            ResourceUsage.connection(scope.direction()).plus(ResourceUsage.bytes(memory)),
                            ResourceUsage::plus);
        }
    }

    /** A stream. */
    static final class Flow {

        final StreamScope scope;
        long memory;

        Flow(StreamScope scope) {
            this.scope = scope;
        }

        ResourceUsage usage() {
            return ResourceUsage.stream(scope.direction()).plus(ResourceUsage.bytes(memory));
        }
    }
}
