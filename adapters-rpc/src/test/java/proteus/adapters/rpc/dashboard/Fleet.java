package proteus.adapters.rpc.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import proteus.adapters.rpc.FakeNode;
import proteus.application.contract.Descriptions;
import proteus.application.port.Carrier;
import proteus.application.port.ComparisonControl.Guard;
import proteus.application.port.ComparisonControl.PeerFigures;
import proteus.application.port.Direction;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationControl.PeerStatus;
import proteus.application.port.MigrationControl.Status;
import proteus.application.port.MoveOutcome;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.PeerKey;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.StackFigures;
import proteus.application.port.StackFigures.EndCause;
import proteus.application.port.Stage;
import proteus.application.port.SyncStatus;
import proteus.domain.comparison.Distribution;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerStanding;

/** Many peers of a fake node, of which some move and all talk. For one thread. */
final class Fleet {

    private static final List<Double> SECONDS =
            List.of(0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 60.0, 3600.0);
    private static final List<Double> RATES = List.of(1e4, 1e5, 1e6, 5e6, 1e7, 1e8);
    private static final List<String> REASONS =
            List.of("no libp2p", "not in the share of 75 %", "tried too often, waits", "no address known");

    private final Random random = new Random(7);
    private final FakeNode node;
    private final Instant now;
    private final List<Member> members = new ArrayList<>();
    private Optional<String> reason = Optional.empty();
    private boolean waits;
    private boolean eachHasAReason;
    private String agent = "proteus/0.1.0";

    private static final class Member {
        private final int number;
        private final Instant since;
        private final PeerAddress address;
        private Carrier carrier = Carrier.LEGACY_TCP;
        private long bytes;

        private Member(int number, Instant since) {
            this.number = number;
            this.since = since;
            this.address = new PeerAddress(
                    IpAddress.of(
                            (byte) (81 + number % 7), (byte) (number * 37), (byte) (number * 11), (byte) (1 + number)),
                    9798 + number % 3);
        }
    }

    Fleet(FakeNode node, int size, Instant now) {
        this.node = node;
        this.now = now;
        node.syncStatus = new SyncStatus.Synced();
        for (int i = 0; i < size; i++) {
            members.add(new Member(i, now.minusSeconds(60 + random.nextInt(200_000))));
        }
        tell();
    }

    /** Moves so many to libp2p, and lets all say something. */
    void move(int count) {
        members.stream()
                .filter(member -> member.carrier == Carrier.LEGACY_TCP && member.number % 9 != 0)
                .limit(count)
                .forEach(member -> member.carrier = member.number % 3 == 0 ? Carrier.LIBP2P_TCP : Carrier.LIBP2P_QUIC);
        talk(members.size());
    }

    /** What each says of its program from now on, on either stack. */
    void say(String text) {
        agent = text;
        tell();
    }

    /** Why none of those on legacy was moved, from now on. */
    void reason(String text) {
        reason = Optional.of(text);
        tell();
    }

    /** Lets each of those on legacy have a reason of its own. */
    void reasonsOfTheirOwn() {
        eachHasAReason = true;
        reason("reason");
    }

    /** The same reason for all of them again. */
    void reasonOfAll(String text) {
        eachHasAReason = false;
        reason(text);
    }

    /** Why none of those on legacy was moved, and that all of them wait a while. */
    void waiting(String text) {
        waits = true;
        reason(text);
    }

    /** Lets one say something. */
    void talkOne(int index) {
        members.get(index).bytes += 12_345;
        tell();
    }

    /** Lets the journal have entries. */
    void journal(List<JournalEntry> entries) {
        node.migration.journal = entries;
    }

    /** Lets so many of them say something. */
    void talk(int count) {
        for (int i = 0; i < count; i++) {
            members.get(random.nextInt(members.size())).bytes += random.nextInt(50_000);
        }
        tell();
    }

    private void tell() {
        node.peers = members.stream().map(this::peer).toList();
        Map<Stack, Integer> sessions = new EnumMap<>(Stack.class);
        for (Stack stack : Stack.values()) {
            sessions.put(stack, (int) members.stream()
                    .filter(member -> member.carrier.stack() == stack)
                    .count());
        }
        node.migration.status = new Status(
                new Rollout(Stage.MIGRATE, 75),
                false,
                sessions,
                sessions.getOrDefault(Stack.LIBP2P, 0),
                members.size() > 3 ? 2 : 0,
                members.stream().map(this::status).toList());
        node.comparison.stacks.put(Stack.LEGACY, figures(3, Stack.LEGACY));
        node.comparison.stacks.put(Stack.LIBP2P, figures(2, Stack.LIBP2P));
        node.comparison.peers = members.stream()
                .map(member -> new PeerFigures(
                        member.address,
                        member.carrier,
                        Map.of(member.carrier.stack(), figures(1 + member.number % 5, member.carrier.stack())),
                        member.carrier == Carrier.LEGACY_TCP ? "" : "not worse: 12 ms against 19 ms"))
                .toList();
        node.comparison.guard =
                new Guard(true, "libp2p is not worse: round trip 0.7 of legacy’s, limit 1.5", 1, Optional.empty());
    }

    private ConnectedPeer peer(Member member) {
        HandshakeData usual = Descriptions.handshake(member.number);
        PeerStanding standing = PeerStanding.neutral(1000);
        if (member.number % 6 == 0) {
            standing = standing.after(new NegativePeerSanction.SynchronizationTimeout(), now);
        }
        return new ConnectedPeer(
                new PeerConnection.Description(
                        member.carrier,
                        member.number % 2 == 0 ? Direction.OUTBOUND : Direction.INBOUND,
                        member.address,
                        proteus.domain.peer.PeerId.ofLegacy(member.address),
                        usual,
                        now,
                        now),
                member.carrier == Carrier.LEGACY_TCP && agent.startsWith("proteus/")
                        ? PeerConnection.Layers.NONE
                        : new PeerConnection.Layers(
                                Optional.of(member.carrier == Carrier.LIBP2P_TCP ? "/noise" : "/tls/1.0.0"),
                                Optional.of("/yamux/1.0.0"),
                                List.of("/neptune/gateway"),
                                Optional.of(agent),
                                Optional.of("/proteus/regtest/session/1")),
                member.number == 5,
                standing,
                new Traffic(member.bytes / 900, member.bytes, member.bytes / 1100, member.bytes * 3 / 4),
                4_711 - member.number % 3,
                member.since);
    }

    private PeerStatus status(Member member) {
        boolean isLegacy = member.carrier == Carrier.LEGACY_TCP;
        String state = isLegacy && reason.isPresent()
                ? reason.get() + (eachHasAReason ? " " + member.number : "")
                : isLegacy ? REASONS.get(member.number % 9 == 0 ? 0 : 1 + member.number % 3) : "moved to libp2p";
        return new PeerStatus(
                new PeerKey.OfAddress(member.address),
                member.address,
                member.carrier,
                !isLegacy,
                state,
                member.number % 2,
                member.number % 4,
                isLegacy && member.number % 9 != 0
                        ? Optional.empty()
                        : Optional.of(isLegacy ? MoveOutcome.LATER : MoveOutcome.SETTLED),
                waits || state.startsWith("tried")
                        ? Optional.of(now.plus(Duration.ofMinutes(member.number)))
                        : Optional.empty());
    }

    private static StackFigures figures(int slow, Stack stack) {
        return new StackFigures(
                distribution(SECONDS, 1 + slow / 2, 400),
                distribution(SECONDS, 3 + slow / 3, 80),
                distribution(SECONDS, 9, 30),
                distribution(RATES, 4 - slow / 2, 60),
                new Traffic(120_345 * slow, 900_000_000L * slow, 110_000, 700_000_000L * slow),
                Map.of(
                        EndCause.PEER,
                        12L * slow,
                        EndCause.BROKEN,
                        (long) slow,
                        EndCause.MOVED,
                        stack == Stack.LEGACY ? 140L : 2L));
    }

    private static Distribution distribution(List<Double> bounds, int middle, long count) {
        List<Long> counts = new ArrayList<>(Collections.nCopies(bounds.size() + 1, 0L));
        counts.set(middle, count);
        counts.set(middle + 1, count / 4);
        return new Distribution(bounds, counts, bounds.get(middle) * count);
    }
}
