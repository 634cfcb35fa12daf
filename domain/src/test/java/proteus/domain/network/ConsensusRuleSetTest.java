package proteus.domain.network;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.domain.network.ConsensusRuleSet.HARDFORK_ALPHA;
import static proteus.domain.network.ConsensusRuleSet.HARDFORK_BETA;
import static proteus.domain.network.ConsensusRuleSet.HARDFORK_DELTA;
import static proteus.domain.network.ConsensusRuleSet.HARDFORK_GAMMA;
import static proteus.domain.network.ConsensusRuleSet.REBOOT;
import static proteus.domain.network.ConsensusRuleSet.TVM_PROOF_VERSION_1;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protocol page "consensus", section 4. */
class ConsensusRuleSetTest {

    @ParameterizedTest
    @CsvSource({
        "main, HARDFORK_ALPHA, 15000",
        "main, TVM_PROOF_VERSION_1, 23401",
        "main, HARDFORK_BETA, 38000",
        "main, HARDFORK_GAMMA, 40300",
        "main, HARDFORK_DELTA, 55000",
        "testnet-0, HARDFORK_ALPHA, 120",
        "testnet-0, TVM_PROOF_VERSION_1, 3571",
        "testnet-0, HARDFORK_BETA, 3669",
        "testnet-0, HARDFORK_GAMMA, 4650",
        "testnet-0, HARDFORK_DELTA, 5400"
    })
    void rulesChangeAtTheirHeight(String network, ConsensusRuleSet rules, long height) {
        assertThat(at(network, height)).isEqualTo(rules);
        assertThat(at(network, height - 1)).isEqualTo(ConsensusRuleSet.values()[rules.ordinal() - 1]);
    }

    @Test
    void theOldNetworksBeginWithTheOldestRules() {
        assertThat(at("main", 0)).isEqualTo(REBOOT);
        assertThat(at("testnet-0", 0)).isEqualTo(REBOOT);
    }

    @ParameterizedTest
    @CsvSource({"testnet-1", "testnet-255", "testnet-mock", "regtest"})
    void otherNetworksHaveTheNewestRulesFromTheStart(String network) {
        assertThat(at(network, 0)).isEqualTo(HARDFORK_DELTA);
        assertThat(at(network, 1)).isEqualTo(HARDFORK_DELTA);
    }

    @Test
    void heightsAreUnsigned() {
        assertThat(at("main", -1)).isEqualTo(HARDFORK_DELTA);
        assertThat(at("testnet-0", Long.MIN_VALUE)).isEqualTo(HARDFORK_DELTA);
    }

    @Test
    void eachPropertyHoldsForTheRuleSetsOfThePage() {
        Set<ConsensusRuleSet> old = EnumSet.of(REBOOT, HARDFORK_ALPHA, TVM_PROOF_VERSION_1);
        Set<ConsensusRuleSet> sinceBeta = EnumSet.complementOf(EnumSet.copyOf(old));

        assertThat(with(ConsensusRuleSet::needsMemoryHardGuesses)).isEqualTo(old);
        assertThat(with(ConsensusRuleSet::growsGuessTreeFromParent)).containsOnly(HARDFORK_ALPHA, TVM_PROOF_VERSION_1);
        assertThat(with(ConsensusRuleSet::usesOwnDifficulty)).isEqualTo(sinceBeta);
        assertThat(with(ConsensusRuleSet::repeatsVersion)).isEqualTo(sinceBeta);
        assertThat(with(ConsensusRuleSet::limitsTransactionAge)).containsOnly(HARDFORK_GAMMA, HARDFORK_DELTA);
        assertThat(with(ConsensusRuleSet::countsLustrationsAboveThreshold)).containsOnly(HARDFORK_BETA);
        assertThat(with(ConsensusRuleSet::enforcesRetirement)).containsOnly(HARDFORK_DELTA);
        assertThat(with(ConsensusRuleSet::hasLongChunks)).containsOnly(HARDFORK_DELTA);
        assertThat(Stream.of(ConsensusRuleSet.values()).map(ConsensusRuleSet::claimVersion))
                .isEqualTo(List.of(0, 0, 1, 1, 5, 8));
    }

    private static ConsensusRuleSet at(String network, long height) {
        return ConsensusRuleSet.at(Network.parse(network).orElseThrow(), height);
    }

    private static Set<ConsensusRuleSet> with(Predicate<ConsensusRuleSet> property) {
        return Stream.of(ConsensusRuleSet.values()).filter(property).collect(Collectors.toSet());
    }
}
