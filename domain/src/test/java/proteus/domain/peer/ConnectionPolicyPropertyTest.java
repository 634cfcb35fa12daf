package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.generator.Seeds;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionPolicy.RefusalAfterHandshake;
import proteus.domain.peer.ConnectionPolicy.RefusalBeforeHandshake;

/** Whatever set of rules fails, the first of them in upstream's order decides, and if none does the peer is welcome. */
class ConnectionPolicyPropertyTest {

    private static final int SCENARIOS = 50;

    private record Rule<T>(Consumer<ConnectionScenario> breaking, T refusal) {}

    private static final List<Rule<RefusalBeforeHandshake>> BEFORE_HANDSHAKE = List.of(
            new Rule<>(ConnectionScenario::breakBan, RefusalBeforeHandshake.BANNED),
            new Rule<>(ConnectionScenario::breakIncoming, RefusalBeforeHandshake.INCOMING_DISALLOWED),
            new Rule<>(ConnectionScenario::breakStanding, RefusalBeforeHandshake.BAD_STANDING));

    private static final List<Rule<ConnectionRefusedReason>> ON_HANDSHAKE = List.of(
            new Rule<>(ConnectionScenario::breakBan, new ConnectionRefusedReason.BadStanding()),
            new Rule<>(ConnectionScenario::breakClock, new ConnectionRefusedReason.Other(0)),
            new Rule<>(ConnectionScenario::breakStanding, new ConnectionRefusedReason.BadStanding()),
            new Rule<>(ConnectionScenario::breakRoom, new ConnectionRefusedReason.MaxPeerNumberExceeded()),
            new Rule<>(ConnectionScenario::breakUniqueness, new ConnectionRefusedReason.AlreadyConnected()),
            new Rule<>(ConnectionScenario::breakRoomForIp, new ConnectionRefusedReason.MaxPeerNumberExceeded()),
            new Rule<>(ConnectionScenario::breakSelf, new ConnectionRefusedReason.SelfConnect()),
            new Rule<>(ConnectionScenario::breakVersion, new ConnectionRefusedReason.IncompatibleVersion()));

    private static final List<Rule<RefusalAfterHandshake>> AFTER_HANDSHAKE = List.of(
            new Rule<>(ConnectionScenario::breakStanding, RefusalAfterHandshake.BAD_STANDING),
            new Rule<>(ConnectionScenario::breakUniqueInstance, RefusalAfterHandshake.INSTANCE_ALREADY_CONNECTED),
            new Rule<>(ConnectionScenario::breakRoom, RefusalAfterHandshake.TOO_MANY_PEERS),
            new Rule<>(ConnectionScenario::breakUniquePeerId, RefusalAfterHandshake.PEER_ID_ALREADY_CONNECTED),
            new Rule<>(ConnectionScenario::breakRoomForIp, RefusalAfterHandshake.TOO_MANY_FROM_IP));

    private static final List<Rule<HandshakeVerdict>> GATEWAY = List.of(
            new Rule<>(
                    ConnectionScenario::breakSelf,
                    new HandshakeVerdict.Refused(new ConnectionRefusedReason.SelfConnect())),
            new Rule<>(ConnectionScenario::breakNetwork, new HandshakeVerdict.DifferentNetwork(new Network.RegTest())),
            new Rule<>(
                    ConnectionScenario::breakVersion,
                    new HandshakeVerdict.Refused(new ConnectionRefusedReason.IncompatibleVersion())),
            new Rule<>(
                    ConnectionScenario::breakClock, new HandshakeVerdict.Refused(new ConnectionRefusedReason.Other(0))),
            new Rule<>(
                    ConnectionScenario::breakUniqueInstance,
                    new HandshakeVerdict.Refused(new ConnectionRefusedReason.AlreadyConnected())),
            new Rule<>(
                    ConnectionScenario::breakUniquePeerId,
                    new HandshakeVerdict.Refused(new ConnectionRefusedReason.AlreadyConnected())),
            new Rule<>(
                    ConnectionScenario::breakIncomingOfStranger,
                    new HandshakeVerdict.Refused(new ConnectionRefusedReason.BadStanding())),
            new Rule<>(
                    ConnectionScenario::breakRoom,
                    new HandshakeVerdict.Refused(new ConnectionRefusedReason.MaxPeerNumberExceeded())));

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void theFirstFailingRuleBeforeTheHandshakeDecides(long seed) {
        forRandomFailures(
                seed,
                BEFORE_HANDSHAKE,
                (scenario, expected) -> assertThat(scenario.policy()
                                .beforeHandshake(scenario.addressInSomeForm().ip(), scenario.node()))
                        .isEqualTo(expected));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void theFirstFailingAcceptanceRuleDecides(long seed) {
        forRandomFailures(
                seed,
                ON_HANDSHAKE,
                (scenario, expected) -> assertThat(scenario.policy()
                                .onHandshake(
                                        scenario.own(),
                                        scenario.theirs(),
                                        scenario.addressInSomeForm(),
                                        scenario.node()))
                        .isEqualTo(expected.<TransferConnectionStatus>map(TransferConnectionStatus.Refused::new)
                                .orElseGet(TransferConnectionStatus.Accepted::new)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void anotherNetworkDecidesBeforeAllAcceptanceRules(long seed) {
        forRandomFailures(seed, ON_HANDSHAKE, (scenario, expected) -> {
            scenario.breakNetwork();
            HandshakeVerdict verdict = HandshakeValidation.legacy(
                    scenario.policy(), scenario.own(), scenario.theirs(), scenario.address(), scenario.node());

            assertThat(verdict)
                    .isEqualTo(new HandshakeVerdict.DifferentNetwork(
                            scenario.theirs().network()));
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void theFirstFailingRuleAfterTheHandshakeDecides(long seed) {
        forRandomFailures(
                seed,
                AFTER_HANDSHAKE,
                (scenario, expected) -> assertThat(
                                scenario.policy().afterHandshake(scenario.peer(true), scenario.node()))
                        .isEqualTo(expected));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void theFirstFailingRuleOfTheGatewayDecides(long seed) {
        forRandomFailures(seed, GATEWAY, (scenario, expected) -> {
            HandshakeVerdict verdict = HandshakeValidation.gateway(
                    scenario.policy(), scenario.own(), scenario.theirs(), scenario.peer(true), scenario.node());

            if (expected.isPresent() && expected.get() instanceof HandshakeVerdict.DifferentNetwork) {
                assertThat(verdict)
                        .isEqualTo(new HandshakeVerdict.DifferentNetwork(
                                scenario.theirs().network()));
            } else {
                assertThat(verdict).isEqualTo(expected.orElseGet(HandshakeVerdict.Accepted::new));
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void anInstanceIdClaimedFromElsewhereKeepsNobodyOut(long seed) {
        Seeds.check(seed, random -> {
            ConnectionScenario scenario = new ConnectionScenario(random);
            scenario.contestInstance();
            ConnectionPolicy policy = scenario.policy();
            ConnectionSnapshot node = scenario.node();
            PeerInfo peer = scenario.peer(random.nextBoolean());

            assertThat(policy.isContested(peer, node)).isTrue();
            assertThat(policy.onHandshake(scenario.own(), scenario.theirs(), scenario.address(), node))
                    .isEqualTo(new TransferConnectionStatus.Accepted());
            assertThat(policy.onGatewayRecord(peer, node)).isEqualTo(new TransferConnectionStatus.Accepted());
            assertThat(policy.afterHandshake(peer, node)).isEmpty();
        });
    }

    @FunctionalInterface
    private interface Check<T> {
        void of(ConnectionScenario scenario, Optional<T> expected);
    }

    private static <T> void forRandomFailures(long seed, List<Rule<T>> rules, Check<T> check) {
        Seeds.check(seed, random -> {
            for (int i = 0; i < SCENARIOS; i++) {
                List<Rule<T>> failing = subset(rules, random);
                ConnectionScenario scenario = new ConnectionScenario(random);
                failing.forEach(rule -> rule.breaking().accept(scenario));

                check.of(scenario, failing.stream().findFirst().map(Rule::refusal));
            }
        });
    }

    /** Few rules more often than many: the last rules have to come to decide, too. */
    private static <T> List<Rule<T>> subset(List<Rule<T>> rules, RandomGenerator random) {
        int chance = random.nextInt(1, 6);
        List<Rule<T>> failing = new ArrayList<>(rules);
        failing.removeIf(_ -> random.nextInt(chance) != 0);
        return failing;
    }
}
