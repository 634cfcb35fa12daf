package proteus.domain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.field.BFieldElements;
import proteus.domain.generator.Elements;
import proteus.domain.generator.Seeds;

class CodecPropertyTest {

    private static final int DEPTH = 3;

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void whatIsWrittenIsTheEncodingAndReadsBack(long seed) {
        Seeds.check(seed, random -> {
            Shape shape = Shape.random(random, DEPTH);
            Object value = shape.value(random);

            BFieldElements written = written(shape, value);

            assertThat(written.toArray())
                    .isEqualTo(shape.encoded(value).stream()
                            .mapToLong(Long::longValue)
                            .toArray());
            assertThat(read(shape, written)).contains(value);
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void oneElementLessOrMoreIsRefused(long seed) {
        Seeds.check(seed, random -> {
            Shape shape = Shape.random(random, DEPTH);
            long[] written = written(shape, shape.value(random)).toArray();
            BFieldElements longer = BFieldElements.owning(Arrays.copyOf(written, written.length + 1));
            BFieldElements shorter = BFieldElements.owning(Arrays.copyOf(written, random.nextInt(written.length)));

            assertThat(read(shape, longer)).isEmpty();
            assertThat(read(shape, shorter)).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void aValueHasOneEncoding(long seed) {
        Seeds.check(seed, random -> {
            Shape shape = Shape.random(random, DEPTH);
            long[] changed = written(shape, shape.value(random)).toArray();
            changed[random.nextInt(changed.length)] = Elements.element(random);
            BFieldElements sequence = BFieldElements.owning(changed);

            read(shape, sequence)
                    .ifPresent(value -> assertThat(written(shape, value)).isEqualTo(sequence));
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void rubbishIsAnErrorInsideOfIt(long seed) {
        Seeds.check(seed, random -> {
            Shape shape = new Shape.ListOf(new Shape.Struct(java.util.List.of(
                    Shape.random(random, DEPTH), new Shape.ListOf(new Shape.Bool()), new Shape.Unsigned(8))));
            BFieldElements rubbish = Elements.elements(random, random.nextInt(1, 20));
            if (rubbish.at(0) == 0) {
                return;
            }

            assertThatExceptionOfType(FieldDecodingException.class)
                    .isThrownBy(() -> shape.read(new FieldReader(rubbish)))
                    .satisfies(e -> assertThat(e.position()).isBetween(0, rubbish.size()));
        });
    }

    private static BFieldElements written(Shape shape, Object value) {
        FieldWriter out = new FieldWriter(0);
        shape.write(out, value);
        return out.toElements();
    }

    private static Optional<Object> read(Shape shape, BFieldElements sequence) {
        try {
            FieldReader in = new FieldReader(sequence);
            Object value = shape.read(in);
            in.end();
            return Optional.of(value);
        } catch (FieldDecodingException e) {
            return Optional.empty();
        }
    }
}
