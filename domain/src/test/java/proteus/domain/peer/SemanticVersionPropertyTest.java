package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.generator.Seeds;

class SemanticVersionPropertyTest {

    private static final String CHARACTERS = "0123456789.-+aZz";
    private static final String NUMBER = "(0|[1-9][0-9]*)";
    private static final String WORD = "[0-9]*[A-Za-z-][0-9A-Za-z-]*";
    private static final String PRE_RELEASE = "(?:" + NUMBER.replace("(", "(?:") + "|" + WORD + ")";
    private static final Pattern GRAMMAR = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-"
            + PRE_RELEASE + "(?:\\." + PRE_RELEASE + ")*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void exactlyTheGrammarIsRead(long seed) {
        Seeds.check(seed, random -> {
            for (int i = 0; i < 200; i++) {
                String text = mutated(version(random), random);

                assertThat(SemanticVersion.parse(text).isPresent()).as(text).isEqualTo(isVersion(text));
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void theOrderIsTotalAndAgreesWithEquality(long seed) {
        Seeds.check(seed, random -> {
            List<SemanticVersion> versions = Stream.generate(
                            () -> SemanticVersion.parse(version(random)).orElseThrow())
                    .limit(30)
                    .sorted()
                    .toList();

            for (int i = 0; i < versions.size(); i++) {
                for (int j = 0; j < versions.size(); j++) {
                    SemanticVersion left = versions.get(i);
                    SemanticVersion right = versions.get(j);
                    int order = left.compareTo(right);
                    assertThat(Integer.signum(order)).isEqualTo(-Integer.signum(right.compareTo(left)));
                    assertThat(order == 0).as("%s, %s", left, right).isEqualTo(left.equals(right));
                    if (i < j) {
                        assertThat(order).as("%s, %s", left, right).isNotPositive();
                    }
                }
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void numbersAreComparedByValueHoweverLong(long seed) {
        Seeds.check(seed, random -> {
            String left = digits(random, 40);
            String right = digits(random, 40);
            int expected = new BigInteger(left).compareTo(new BigInteger(right));

            int order = SemanticVersion.parse("1.0.0-" + left)
                    .orElseThrow()
                    .compareTo(SemanticVersion.parse("1.0.0-" + right).orElseThrow());

            assertThat(Integer.signum(order)).as("%s, %s", left, right).isEqualTo(expected);
        });
    }

    private static boolean isVersion(String text) {
        Matcher matcher = GRAMMAR.matcher(text);
        return matcher.matches()
                && IntStream.rangeClosed(1, 3)
                        .allMatch(group -> new BigInteger(matcher.group(group)).bitLength() <= Long.SIZE);
    }

    private static String version(RandomGenerator random) {
        String numbers = Stream.generate(() -> digits(random, random.nextInt(20) == 0 ? 20 : 2))
                .limit(3)
                .map(number -> new BigInteger(number).bitLength() > Long.SIZE ? "7" : number)
                .collect(Collectors.joining("."));
        String preRelease = random.nextBoolean() ? "" : "-" + identifiers(random);
        String build = random.nextBoolean() ? "" : "+" + (random.nextBoolean() ? "0" : "") + identifiers(random);
        return numbers + preRelease + build;
    }

    private static String identifiers(RandomGenerator random) {
        return Stream.generate(() -> random.nextBoolean() ? digits(random, 3) : word(random))
                .limit(random.nextInt(1, 4))
                .collect(Collectors.joining("."));
    }

    private static String word(RandomGenerator random) {
        return List.of("a", "-", "rc", "0a", "B", "1-").get(random.nextInt(6));
    }

    private static String digits(RandomGenerator random, int atMost) {
        StringBuilder digits = new StringBuilder();
        for (int i = random.nextInt(1, atMost + 1); i > 0; i--) {
            digits.append(random.nextInt(10));
        }
        return new BigInteger(digits.toString()).toString();
    }

    private static String mutated(String text, RandomGenerator random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(3); i > 0 && !mutated.isEmpty(); i--) {
            int at = random.nextInt(mutated.length());
            char character = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
            switch (random.nextInt(3)) {
                case 0 -> mutated.insert(at, character);
                case 1 -> mutated.deleteCharAt(at);
                default -> mutated.setCharAt(at, character);
            }
        }
        return mutated.toString();
    }
}
