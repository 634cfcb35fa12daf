package proteus.application.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is in a share. */
final class ShareChoiceTest {

    private static final List<String> PEERS = IntStream.range(0, 10_000)
            .mapToObj(i -> "8." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255) + ":9798")
            .toList();

    @Test
    void nobodyIsInAShareOfNoneAndEverybodyInOneOfAll() {
        ShareChoice choice = new ShareChoice("node");

        assertThat(PEERS).noneMatch(peer -> choice.includes(peer, 0)).allMatch(peer -> choice.includes(peer, 100));
    }

    @Test
    void whoIsInAShareIsInEveryGreaterOneAndAlwaysTheSame() {
        ShareChoice choice = new ShareChoice("node");
        ShareChoice sameAfterRestart = new ShareChoice("node");

        for (String peer : PEERS.subList(0, 300)) {
            boolean before = false;
            for (int share = 0; share <= 100; share++) {
                boolean in = choice.includes(peer, share);
                assertThat(in || !before).as("%s at %d %%", peer, share).isTrue();
                assertThat(sameAfterRestart.includes(peer, share)).isEqualTo(in);
                before = in;
            }
        }
    }

    @Test
    void aShareIsAboutAsManyAsItSays() {
        ShareChoice choice = new ShareChoice("node");

        for (int share : new int[] {1, 10, 25, 50, 75, 99}) {
            long in =
                    PEERS.stream().filter(peer -> choice.includes(peer, share)).count();
            assertThat(in).as("%d %%", share).isBetween(share * 100L - 250, share * 100L + 250);
        }
    }

    @Test
    void anotherNodeChoosesOthers() {
        ShareChoice one = new ShareChoice("one");
        ShareChoice other = new ShareChoice("other");

        long both = PEERS.stream()
                .filter(peer -> one.includes(peer, 50) && other.includes(peer, 50))
                .count();
        assertThat(both).isBetween(2250L, 2750L);
    }
}
