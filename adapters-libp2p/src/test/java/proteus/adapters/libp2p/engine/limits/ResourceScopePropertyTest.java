package proteus.adapters.libp2p.engine.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.limits.ResourceModel.Flow;
import proteus.adapters.libp2p.engine.limits.ResourceModel.Link;
import proteus.adapters.libp2p.engine.limits.ResourceRefusal.LimitReached;

/** Does what comes to mind to a tree of scopes, and holds each answer against {@link ResourceModel}. */
final class ResourceScopePropertyTest {

    /** Small enough that each of them is met: see the last assertion. */
    private static final HostLimits LIMITS = new HostLimits(
            new ScopeLimits(new DirectionLimits(7, 6, 11), new DirectionLimits(12, 11, 18), 900),
            ScopeLimits.UNLIMITED.withConnections(new DirectionLimits(4, 3, 6)).withMemory(250),
            new ScopeLimits(new DirectionLimits(3, 3, 4), new DirectionLimits(7, 6, 9), 420),
            ScopeLimits.UNLIMITED.withStreams(new DirectionLimits(4, 3, 5)).withMemory(300),
            ScopeLimits.UNLIMITED.withMemory(120));

    private static final int STEPS = 3_000;

    private final SystemScope system = new SystemScope(LIMITS);
    private final ResourceModel model = new ResourceModel(LIMITS);
    private final List<PeerId> peers = TestPeers.peers(4);
    private final List<LimitReached> refusals = new ArrayList<>();
    private SplittableRandom random = new SplittableRandom();

    private static LongStream seeds() {
        return LongStream.concat(
                LongStream.rangeClosed(1, 10),
                LongStream.generate(System::nanoTime).limit(2));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyAnswerIsTheModelsAndNothingIsLeftAtTheEnd(long seed) {
        random = new SplittableRandom(seed);

        for (int step = 0; step < STEPS; step++) {
            String where = "seed " + seed + ", step " + step;
            act(where);
            compare(where);
        }
        model.links().forEach(link -> link.scope.close());
        model.links().clear();

        compare("seed " + seed + ", at the end");
        assertThat(system.usage()).as("seed " + seed).isEqualTo(ResourceUsage.NONE);
        assertThat(refusals.stream().map(refusal -> refusal.scope().getClass()).distinct())
                .as("seed " + seed + ": the levels that refused something")
                .hasSize(5);
    }

    private void act(String where) {
        switch (random.nextInt(10)) {
            case 0, 1 -> connect(where);
            case 2, 3 -> any(model.links()).filter(link -> link.peer.isEmpty()).ifPresent(link -> secure(link, where));
            case 4, 5 ->
                any(model.links()).filter(link -> link.peer.isPresent()).ifPresent(link -> open(link, where));
            case 6 -> any(model.links()).ifPresent(link -> memory(link, where));
            case 7, 8 ->
                any(model.links()).ifPresent(link -> any(link.flows).ifPresent(flow -> memory(link, flow, where)));
            default -> any(model.links()).ifPresent(this::close);
        }
    }

    private void connect(String where) {
        Direction direction = anyDirection();
        Optional<LimitReached> expected = model.whyNoConnection(direction);

        granted(system.openConnection(direction, where), expected, where)
                .ifPresent(scope -> model.links().add(new Link(scope)));
    }

    private void secure(Link link, String where) {
        PeerId peer = any(peers).orElseThrow();
        Optional<LimitReached> expected = model.whyNotSecured(link, peer);

        granted(link.scope.secured(peer), expected, where).ifPresent(scope -> link.peer = Optional.of(peer));
    }

    private void open(Link link, String where) {
        Direction direction = anyDirection();
        Optional<LimitReached> expected = model.whyNoStream(link, direction);

        granted(link.scope.openStream(direction), expected, where).ifPresent(scope -> link.flows.add(new Flow(scope)));
    }

    private void memory(Link link, String where) {
        if (random.nextBoolean()) {
            long bytes = random.nextLong(link.memory + 1);
            link.scope.releaseMemory(bytes);
            link.memory -= bytes;
            return;
        }
        long bytes = random.nextLong(150);
        Optional<LimitReached> expected = model.whyNoMemory(link, bytes);

        granted(link.scope.reserveMemory(bytes), expected, where).ifPresent(scope -> link.memory += bytes);
    }

    private void memory(Link link, Flow flow, String where) {
        if (random.nextInt(3) == 0) {
            long bytes = random.nextLong(flow.memory + 1);
            flow.scope.releaseMemory(bytes);
            flow.memory -= bytes;
            return;
        }
        long bytes = random.nextLong(100);
        Optional<LimitReached> expected = model.whyNoMemory(link, flow, bytes);

        granted(flow.scope.reserveMemory(bytes), expected, where).ifPresent(scope -> flow.memory += bytes);
    }

    /** Mostly streams, or else everything stays empty. */
    private void close(Link link) {
        Optional<Flow> flow = any(link.flows);
        if (flow.isPresent() && random.nextInt(4) > 0) {
            flow.get().scope.close();
            link.flows.remove(flow.get());
            return;
        }
        link.scope.close();
        model.links().remove(link);
        // Somebody may come too late.
        flow.ifPresent(late -> late.scope.close());
    }

    private <S> Optional<S> granted(Reservation<S> answer, Optional<LimitReached> expected, String where) {
        return switch (answer) {
            case Reservation.Granted<S>(S scope) -> {
                assertThat(expected).as(where).isEmpty();
                yield Optional.of(scope);
            }
            case Reservation.Refused<S>(ResourceRefusal refusal) -> {
                assertThat(Optional.of(refusal)).as(where).isEqualTo(expected);
                refusals.add(expected.orElseThrow());
                yield Optional.empty();
            }
        };
    }

    private void compare(String where) {
        assertThat(system.usage()).as(where).isEqualTo(model.system());
        assertThat(system.pendingUsage()).as(where).isEqualTo(model.pending());
        assertThat(system.peers()).as(where).isEqualTo((int) model.peers());
        assertWithin(LIMITS.system(), system.usage(), where);
        assertWithin(LIMITS.pending(), system.pendingUsage(), where);
        for (PeerId peer : peers) {
            ResourceUsage usage = system.peer(peer).map(PeerScope::usage).orElse(ResourceUsage.NONE);
            assertThat(usage).as(where).isEqualTo(model.peer(peer));
            assertWithin(LIMITS.peer(), usage, where);
        }
        for (Link link : model.links()) {
            assertThat(link.scope.usage()).as(where).isEqualTo(link.usage());
            assertWithin(LIMITS.connection(), link.scope.usage(), where);
        }
        model.flows().forEach(flow -> {
            assertThat(flow.scope.usage()).as(where).isEqualTo(flow.usage());
            assertWithin(LIMITS.stream(), flow.scope.usage(), where);
        });
    }

    private static void assertWithin(ScopeLimits limits, ResourceUsage usage, String where) {
        assertThat(Arrays.stream(Resource.values()))
                .as(where)
                .allMatch(resource -> usage.amount(resource) <= limits.limit(resource));
    }

    private <T> Optional<T> any(List<T> choice) {
        return choice.isEmpty() ? Optional.empty() : Optional.of(choice.get(random.nextInt(choice.size())));
    }

    private Direction anyDirection() {
        return random.nextBoolean() ? Direction.INBOUND : Direction.OUTBOUND;
    }
}
