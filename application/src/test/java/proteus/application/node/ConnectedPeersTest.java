package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.contract.Await;
import proteus.application.contract.Descriptions;
import proteus.application.contract.InMemoryPeerConnection;
import proteus.application.contract.ManualScheduler;
import proteus.application.node.ConnectedPeers.Entry;
import proteus.application.node.ConnectedPeers.Member;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.Stack;
import proteus.application.session.PeerSession;
import proteus.application.session.SessionStanding;
import proteus.domain.network.Network;
import proteus.domain.peer.BanList;
import proteus.domain.peer.ConnectionPolicy;
import proteus.domain.peer.ConnectionPolicy.RefusalAfterHandshake;
import proteus.domain.peer.ConnectionSettings;
import proteus.domain.peer.ConnectionSnapshot;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerInfo;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerStanding;

/** The table and its invariants: chapter 9.1. */
@Timeout(60)
final class ConnectedPeersTest {

    private static final int PLACES = 4;
    private static final int PER_IP = 2;

    private final ConnectedPeers table = new ConnectedPeers();
    private final World world = new World(new Network.RegTest());
    private final Reception reception = world.node(1).build().reception;

    private static final ConnectionPolicy POLICY = new ConnectionPolicy(
            new ConnectionSettings(Set.of(), false, false, PLACES, PER_IP, 1000, Duration.ofSeconds(4), 1000));

    @AfterEach
    void close() {
        world.close();
    }

    private Member member(int host, int port, long instance, boolean wanted) {
        PeerAddress address = new PeerAddress(Places.ip(host), port);
        Direction direction = wanted ? Direction.OUTBOUND : Direction.INBOUND;
        Description description = Descriptions.of(direction, address, instance);
        PeerStanding neutral = PeerStanding.neutral(1000);
        PeerSession session = new PeerSession(
                InMemoryPeerConnection.pair(description, description, 100).near(),
                new SessionStanding(neutral),
                new NodeOfSession(reception, neutral),
                world.clock,
                world.workPool(),
                reception.comparison());
        return new Member(
                new PeerInfo(PeerId.ofLegacy(address), new InstanceId(0, instance), Optional.of(address), !wanted),
                session,
                wanted);
    }

    private Entry enter(Member member) {
        return table.enter(member, peers -> {
            ConnectionSnapshot node =
                    new ConnectionSnapshot(BanList.of(Set.of()), Optional.empty(), peers, ManualScheduler.START);
            return new ConnectedPeers.Judgement(
                    POLICY.afterHandshake(member.info(), node), POLICY.isContested(member.info(), node));
        });
    }

    private static Entry refused(RefusalAfterHandshake reason) {
        return new Entry.Refused(reason);
    }

    private static final Entry ADMITTED = new Entry.Admitted(Optional.empty());

    private List<Member> fill(boolean wanted) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            Member member = member(10 + i, 1000, i, wanted);
            assertThat(enter(member)).isEqualTo(ADMITTED);
            members.add(member);
        }
        return members;
    }

    @Test
    void whatWentWithAPeerIsCountedAlsoWhenItHasLeft() throws Exception {
        Member first = member(2, 1000, 7, false);
        Member second = member(3, 1000, 8, false);
        enter(first);
        enter(second);
        assertThat(sent()).isZero();
        first.session().connection().send(new PeerMessage.Bye());
        second.session().connection().send(new PeerMessage.Bye());
        Await.until("both to be sent", () -> sent() == 2);

        assertThat(table.leave(first)).isTrue();
        assertThat(table.leave(first)).isFalse();

        assertThat(sent()).isEqualTo(2);
        assertThat(table.traffic()).containsOnlyKeys(Stack.LEGACY);
        assertThat(table.traffic().get(Stack.LEGACY).bytesOut()).isPositive();
    }

    private long sent() {
        return table.traffic().values().stream()
                .mapToLong(PeerConnection.Traffic::framesOut)
                .sum();
    }

    @Test
    void whoClaimsTheInstanceIdOfAPeerElsewhereIsMarkedAndCounted() {
        Member honest = member(2, 1000, 7, false);
        Member claimant = member(3, 1000, 7, false);
        Member sameIp = member(2, 1001, 7, false);

        assertThat(enter(honest)).isEqualTo(ADMITTED);
        assertThat(enter(claimant)).isEqualTo(ADMITTED);
        assertThat(enter(sameIp)).isEqualTo(refused(RefusalAfterHandshake.INSTANCE_ALREADY_CONNECTED));

        assertThat(honest.contested()).isFalse();
        assertThat(claimant.contested()).isTrue();
        assertThat(table.contested()).isEqualTo(1);
        assertThat(table.all()).containsExactly(honest, claimant);
    }

    @Test
    void peersAreKeptInTheOrderInWhichTheyCame() {
        List<Member> members = fill(false);

        assertThat(table.all()).isEqualTo(members);
        assertThat(table.infos()).isEqualTo(members.stream().map(Member::info).toList());
    }

    @Test
    void aStrangerDoesNotGetIntoAFullTable() {
        fill(false);

        assertThat(enter(member(20, 1, 20, false))).isEqualTo(refused(RefusalAfterHandshake.TOO_MANY_PEERS));
    }

    @Test
    void aWantedPeerGetsThePlaceOfTheOneThatCameFirst() {
        List<Member> members = fill(false);
        Member wanted = member(20, 1, 20, true);

        assertThat(enter(wanted)).isEqualTo(new Entry.Admitted(Optional.of(members.getFirst())));
        assertThat(table.all())
                .doesNotContain(members.getFirst())
                .endsWith(wanted)
                .hasSize(PLACES);
        assertThat(table.leave(members.getFirst())).isFalse();
    }

    @Test
    void aWantedPeerEvictsNobodyWhileThereIsRoom() {
        assertThat(enter(member(10, 1, 10, false))).isEqualTo(ADMITTED);
        assertThat(enter(member(20, 1, 20, true))).isEqualTo(ADMITTED);
    }

    @Test
    void aWantedPeerIsRefusedIfAllOthersAreWanted() {
        fill(true);

        assertThat(enter(member(20, 1, 20, true))).isEqualTo(refused(RefusalAfterHandshake.TOO_MANY_PEERS));
        assertThat(table.all()).hasSize(PLACES);
    }

    @Test
    void nobodyIsEvictedForAPeerThatMayNotEnterAllTheSame() {
        List<Member> members = fill(false);

        assertThat(enter(member(12, 1, 2, true))).isEqualTo(refused(RefusalAfterHandshake.INSTANCE_ALREADY_CONNECTED));
        assertThat(enter(member(13, 1000, 99, true)))
                .isEqualTo(refused(RefusalAfterHandshake.PEER_ID_ALREADY_CONNECTED));
        assertThat(table.all()).isEqualTo(members);
    }

    @Test
    void aFullTableHasRoomForAWantedPeerIfSomebodyCanGo() {
        List<Member> members = fill(false);
        assertThat(table.infosForWanted(PLACES))
                .isEqualTo(members.stream().skip(1).map(Member::info).toList());
        assertThat(table.infosForWanted(PLACES + 1)).hasSize(PLACES);

        members.forEach(table::leave);
        fill(true);
        assertThat(table.infosForWanted(PLACES)).hasSize(PLACES);
    }

    @Test
    void nobodyWaitsForAnEmptyTableThatIsEmpty() throws Exception {
        assertThat(table.awaitEmpty(Duration.ZERO)).isTrue();
    }

    @Test
    void whoWaitsForAnEmptyTableIsToldWhenTheLastOneLeft() throws Exception {
        List<Member> members = fill(false);
        CompletableFuture<Boolean> emptied = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                emptied.complete(table.awaitEmpty(Duration.ofSeconds(20)));
            } catch (InterruptedException e) {
                emptied.completeExceptionally(e);
            }
        });
        members.forEach(table::leave);

        assertThat(emptied.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoWaitsInVainForAnEmptyTableIsToldSo() throws Exception {
        fill(false);

        assertThat(table.awaitEmpty(Duration.ofMillis(1))).isFalse();
    }

    private static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    /** Whatever the order in which peers come and go, the table is as a plain model of it, and within its bounds. */
    @ParameterizedTest
    @MethodSource("seeds")
    void theTableKeepsItsInvariants(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Set<Member> model = new LinkedHashSet<>();
        for (int step = 0; step < 100; step++) {
            if (!model.isEmpty() && random.nextInt(4) == 0) {
                Member leaving = List.copyOf(model).get(random.nextInt(model.size()));
                assertThat(table.leave(leaving)).as("seed " + seed).isTrue();
                model.remove(leaving);
            } else {
                Member coming =
                        member(random.nextInt(4), 1 + random.nextInt(2), random.nextInt(8), random.nextInt(3) == 0);
                follow(model, coming, enter(coming), "seed " + seed + ", step " + step);
            }
            assertThat(table.all()).as("seed " + seed + ", step " + step).isEqualTo(List.copyOf(model));
            assertBounded("seed " + seed + ", step " + step);
        }
        model.forEach(member -> assertThat(table.leave(member)).isTrue());
        assertThat(table.all()).isEmpty();
    }

    private static void follow(Set<Member> model, Member coming, Entry entry, String when) {
        Predicate<Member> sameInstance =
                member -> member.info().instanceId().equals(coming.info().instanceId());
        switch (entry) {
            case Entry.Refused _ -> {
                boolean mayBeRefused = model.size() == PLACES
                        || model.stream().anyMatch(sameInstance)
                        || model.stream().anyMatch(member -> sameIp(member, coming));
                assertThat(mayBeRefused).as(when).isTrue();
            }
            case Entry.Admitted(var evicted) -> {
                assertThat(evicted.isPresent()).as(when).isEqualTo(model.size() == PLACES);
                evicted.ifPresent(member -> {
                    assertThat(coming.wanted()).as(when).isTrue();
                    assertThat(member)
                            .as(when)
                            .isSameAs(model.stream()
                                    .filter(other -> !other.wanted())
                                    .findFirst()
                                    .orElseThrow());
                    model.remove(member);
                });
                model.add(coming);
            }
        }
    }

    private static boolean sameIp(Member one, Member other) {
        return one.info().hasIp(other.info().address().orElseThrow().ip());
    }

    private void assertBounded(String when) {
        List<PeerInfo> infos = table.infos();
        assertThat(infos).as(when).hasSizeLessThanOrEqualTo(PLACES);
        assertThat(infos)
                .as(when)
                .extracting(
                        PeerInfo::instanceId,
                        info -> info.address().orElseThrow().ip())
                .doesNotHaveDuplicates();
        assertThat(infos).as(when).extracting(PeerInfo::peerId).doesNotHaveDuplicates();
    }

    /** Many at once: never more than there are places, and all who entered leave. */
    @RepeatedTest(20)
    void theTableKeepsItsBoundsWhenManyComeAtOnce() throws Exception {
        AtomicInteger in = new AtomicInteger();
        AtomicInteger entered = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            List<Member> mine = List.of(member(i % 3, 100 + i, i % 6, false), member(i % 3, 200 + i, i % 6, false));
            threads.add(Thread.ofPlatform().start(() -> {
                for (int turn = 0; turn < 50; turn++) {
                    for (Member member : mine) {
                        if (enter(member) instanceof Entry.Admitted) {
                            entered.incrementAndGet();
                            in.accumulateAndGet(table.infos().size(), Math::max);
                            table.leave(member);
                        }
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(entered).hasPositiveValue();
        assertThat(in.get()).isLessThanOrEqualTo(PLACES);
        assertThat(table.all()).isEmpty();
    }
}
