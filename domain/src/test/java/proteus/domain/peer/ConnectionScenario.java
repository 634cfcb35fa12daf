package proteus.domain.peer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import proteus.domain.network.Network;

/**
 * A random node and a random peer, made so that the rules that a test names fail and all others hold.
 *
 * <p>Each {@code break…} method makes its one rule fail and leaves the others as they are.
 */
final class ConnectionScenario {

    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final long OWN_INSTANCE = 1;
    private static final long PEER_INSTANCE = 2;
    private static final PeerTime OWN_TIME = PeerTime.of(NOW.plusMillis(700));

    private final RandomGenerator random;
    private final IpAddress plainIp = new IpAddress.V4(0xCB007107);
    private final List<PeerInfo> connected = new ArrayList<>();
    private int nextStranger = 100;

    private boolean banned;
    private boolean noIncoming;
    private boolean badStanding;
    private boolean configured;
    private boolean full;
    private boolean fullForIp;
    private Network peerNetwork = new Network.Main();
    private long peerInstance = PEER_INSTANCE;
    private String peerVersion = "0.19.4";
    private PeerTime peerTime;

    ConnectionScenario(RandomGenerator random) {
        this.random = random;
        this.peerTime = new PeerTime(OWN_TIME.seconds() + random.nextLong(-90, 91), OWN_TIME.nanos());
        this.configured = random.nextInt(4) == 0;
        for (int i = random.nextInt(4); i > 0; i--) {
            connected.add(stranger(new IpAddress.V4(random.nextInt(0x0100_0000, 0x0200_0000))));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            connected.add(stranger(plainIp));
        }
    }

    void breakBan() {
        banned = true;
    }

    void breakIncoming() {
        noIncoming = true;
    }

    /** Also takes the peer off the list of configured ones, which would excuse it. */
    void breakStanding() {
        badStanding = true;
        configured = false;
    }

    void breakClock() {
        long seconds = random.nextLong(91, 1_000_000);
        peerTime = new PeerTime(OWN_TIME.seconds() + (random.nextBoolean() ? seconds : -seconds), OWN_TIME.nanos());
    }

    void breakRoom() {
        full = true;
        connected.add(stranger(new IpAddress.V4(7)));
    }

    void breakRoomForIp() {
        fullForIp = true;
        connected.add(stranger(plainIp));
    }

    void breakUniqueness() {
        if (random.nextBoolean()) {
            breakUniqueInstance();
        } else {
            connected.add(peer(id(nextStranger), nextStranger++, address()));
        }
    }

    void breakUniqueInstance() {
        connected.add(peer(id(nextStranger++), PEER_INSTANCE, new PeerAddress(plainIp, 5)));
    }

    /** Breaks nothing: the id is that of a peer elsewhere, which proves nothing. */
    void contestInstance() {
        connected.add(peer(id(nextStranger++), PEER_INSTANCE, new PeerAddress(new IpAddress.V4(5), 5)));
    }

    /** Also takes the peer off the list of configured ones, which would excuse it. */
    void breakIncomingOfStranger() {
        noIncoming = true;
        configured = false;
    }

    void breakUniquePeerId() {
        connected.add(peer(PeerId.ofLegacy(address()), nextStranger++, new PeerAddress(new IpAddress.V4(6), 6)));
    }

    /** Whichever instance id the two share, a connected peer that had the peer's id has the shared one. */
    void breakSelf() {
        connected.replaceAll(peer -> peer.instanceId().low() == PEER_INSTANCE
                ? new PeerInfo(peer.peerId(), new InstanceId(0, OWN_INSTANCE), peer.address(), peer.inbound())
                : peer);
        peerInstance = OWN_INSTANCE;
    }

    void breakNetwork() {
        peerNetwork = List.of(new Network.RegTest(), new Network.TestnetMock(), new Network.Testnet(0))
                .get(random.nextInt(3));
    }

    void breakVersion() {
        peerVersion = List.of("0.16.99", "0.14.3", "rubbish", "", "v0.19.4").get(random.nextInt(5));
    }

    PeerAddress address() {
        return new PeerAddress(plainIp, 9798);
    }

    /** The peer's address, sometimes as a dual-stack socket shows it. */
    PeerAddress addressInSomeForm() {
        IpAddress mapped = new IpAddress.V6(0, 0xFFFF_CB00_7107L);
        return random.nextBoolean() ? address() : new PeerAddress(mapped, 9798);
    }

    HandshakeData own() {
        return Handshakes.of(new Network.Main(), OWN_INSTANCE, "0.19.4", OWN_TIME);
    }

    HandshakeData theirs() {
        return Handshakes.of(peerNetwork, peerInstance, peerVersion, peerTime);
    }

    PeerInfo peer(boolean inbound) {
        return new PeerInfo(
                PeerId.ofLegacy(address()), new InstanceId(0, peerInstance), Optional.of(addressInSomeForm()), inbound);
    }

    ConnectionPolicy policy() {
        int fromIp =
                (int) connected.stream().filter(peer -> peer.hasIp(plainIp)).count();
        return new ConnectionPolicy(new ConnectionSettings(
                configured ? Set.of(addressInSomeForm()) : Set.of(),
                noIncoming && random.nextBoolean(),
                noIncoming,
                full ? connected.size() : connected.size() + random.nextInt(1, 3),
                fullForIp ? fromIp : fromIp + random.nextInt(1, 3),
                1000,
                Duration.ofSeconds(4),
                1000));
    }

    ConnectionSnapshot node() {
        return new ConnectionSnapshot(
                BanList.of(banned ? Set.of(addressInSomeForm().ip()) : Set.of(new IpAddress.V4(9))),
                storedStanding(),
                connected,
                NOW);
    }

    private Optional<PeerStanding> storedStanding() {
        if (badStanding) {
            return Optional.of(punished(Duration.ofHours(random.nextInt(48))));
        }
        return switch (random.nextInt(3)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(PeerStanding.neutral(1000));
            default -> Optional.of(punished(Duration.ofHours(random.nextInt(48, 100))));
        };
    }

    private static PeerStanding punished(Duration before) {
        return PeerStanding.neutral(1000).after(new NegativePeerSanction.DifferentGenesis(), NOW.minus(before));
    }

    private PeerInfo stranger(IpAddress ip) {
        int number = nextStranger++;
        return peer(id(number), number, new PeerAddress(ip, 10_000 + number));
    }

    private PeerInfo peer(PeerId id, long instance, PeerAddress address) {
        return new PeerInfo(id, new InstanceId(0, instance), Optional.of(address), random.nextBoolean());
    }

    private static PeerId id(int number) {
        return PeerId.parse(new byte[] {0, 2, (byte) (number >>> 8), (byte) number})
                .orElseThrow();
    }
}
