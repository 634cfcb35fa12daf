package proteus.domain.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import proteus.domain.field.BFieldElement;

class ElementsTest {

    @Test
    void cornersComeUpOften() {
        SplittableRandom random = new SplittableRandom(1);
        Set<Long> drawn = new HashSet<>();

        for (int i = 0; i < 1000; i++) {
            drawn.add(Elements.element(random));
        }

        assertThat(drawn).contains(0L, 1L, 0xFFFF_FFFFL, 0x1_0000_0000L, BFieldElement.P - 1);
        assertThat(drawn).allMatch(BFieldElement::isCanonical).hasSizeGreaterThan(500);
    }
}
