package proteus.domain.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import proteus.domain.generator.Elements;
import proteus.domain.hash.Digest;

/**
 * A type that BFieldCodec knows, made up by chance, with its encoding written down as the table of the protocol page has
 * it. Values are {@code Long}, {@code Boolean}, {@code Digest}, {@code Optional} and {@code List}.
 */
sealed interface Shape {

    /** A field element. */
    record Element() implements Shape {}

    /** An unsigned integer of one element. */
    record Unsigned(int bits) implements Shape {}

    /** An unsigned 64-bit integer. */
    record U64() implements Shape {}

    /** A truth value. */
    record Bool() implements Shape {}

    /** A digest. */
    record OfDigest() implements Shape {}

    /** A list. */
    record ListOf(Shape item) implements Shape {}

    /** An optional value. */
    record OptionOf(Shape item) implements Shape {}

    /** A struct. */
    record Struct(List<Shape> fields) implements Shape {}

    /** Elements in every encoding of a value of this shape; none if they differ. */
    default Optional<Integer> staticLength() {
        return switch (this) {
            case Element _, Unsigned _, Bool _ -> Optional.of(1);
            case U64() -> Optional.of(2);
            case OfDigest() -> Optional.of(5);
            case ListOf _, OptionOf _ -> Optional.empty();
            case Struct(List<Shape> fields) -> sumOfLengths(fields);
        };
    }

    private static Optional<Integer> sumOfLengths(List<Shape> fields) {
        if (fields.stream().anyMatch(field -> field.staticLength().isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(fields.stream()
                .mapToInt(field -> field.staticLength().orElseThrow())
                .sum());
    }

    /** A shape with at most {@code depth} shapes inside one another. */
    static Shape random(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 5)) {
            case 0 -> new Element();
            case 1 -> new Unsigned(List.of(8, 16, 32).get(random.nextInt(3)));
            case 2 -> new U64();
            case 3 -> new Bool();
            case 4 -> new OfDigest();
            case 5 -> new ListOf(random(random, depth - 1));
            case 6 -> new OptionOf(random(random, depth - 1));
            default ->
                new Struct(IntStream.range(0, random.nextInt(1, 4))
                        .mapToObj(i -> random(random, depth - 1))
                        .toList());
        };
    }

    /** A value of this shape. */
    default Object value(RandomGenerator random) {
        return switch (this) {
            case Element() -> Elements.element(random);
            case Unsigned(int bits) -> Elements.word(random) & (1L << bits) - 1;
            case U64() -> Elements.word(random);
            case Bool() -> random.nextBoolean();
            case OfDigest() -> Elements.digest(random);
            case ListOf(Shape item) ->
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> item.value(random))
                        .toList();
            case OptionOf(Shape item) -> random.nextBoolean() ? Optional.of(item.value(random)) : Optional.empty();
            case Struct(List<Shape> fields) ->
                fields.stream().map(field -> field.value(random)).toList();
        };
    }

    /** The encoding by the book. */
    default List<Long> encoded(Object value) {
        return switch (this) {
            case Element _, Unsigned _ -> List.of((Long) value);
            case U64() -> List.of((long) value % (1L << 32) & 0xFFFF_FFFFL, (long) value >>> 32);
            case Bool() -> List.of((boolean) value ? 1L : 0L);
            case OfDigest() ->
                IntStream.range(0, 5).mapToObj(i -> ((Digest) value).at(i)).toList();
            case ListOf(Shape item) -> {
                List<?> items = (List<?>) value;
                List<Long> encoding = new ArrayList<>(List.of((long) items.size()));
                items.forEach(one -> encoding.addAll(item.encodedField(one)));
                yield encoding;
            }
            case OptionOf(Shape item) -> {
                List<Long> encoding = new ArrayList<>();
                encoding.add(((Optional<?>) value).isPresent() ? 1L : 0L);
                ((Optional<?>) value).ifPresent(one -> encoding.addAll(item.encoded(one)));
                yield encoding;
            }
            case Struct(List<Shape> fields) -> {
                List<Long> encoding = new ArrayList<>();
                for (int i = fields.size() - 1; i >= 0; i--) {
                    encoding.addAll(fields.get(i).encodedField(((List<?>) value).get(i)));
                }
                yield encoding;
            }
        };
    }

    private List<Long> encodedField(Object value) {
        List<Long> encoding = new ArrayList<>(encoded(value));
        if (staticLength().isEmpty()) {
            encoding.addFirst((long) encoding.size());
        }
        return encoding;
    }

    /** Writes a value with the writer under test. */
    default void write(FieldWriter out, Object value) {
        switch (this) {
            case Element _, Unsigned _ -> out.element((long) value);
            case U64() -> out.u64((long) value);
            case Bool() -> out.bool((boolean) value);
            case OfDigest() -> out.digest((Digest) value);
            case ListOf(Shape item) -> {
                if (item.staticLength().isPresent()) {
                    out.listOfStatic((List<?>) value, item::write);
                } else {
                    out.listOfDynamic((List<?>) value, item::write);
                }
            }
            case OptionOf(Shape item) -> {
                out.bool(((Optional<?>) value).isPresent());
                ((Optional<?>) value).ifPresent(one -> item.write(out, one));
            }
            case Struct(List<Shape> fields) -> {
                for (int i = fields.size() - 1; i >= 0; i--) {
                    Object field = ((List<?>) value).get(i);
                    Shape shape = fields.get(i);
                    if (shape.staticLength().isPresent()) {
                        shape.write(out, field);
                    } else {
                        out.prefixed(inner -> shape.write(inner, field));
                    }
                }
            }
        }
    }

    /** Reads a value with the reader under test. */
    default Object read(FieldReader in) throws FieldDecodingException {
        return switch (this) {
            case Element() -> in.element();
            case Unsigned(int bits) -> in.unsigned(bits);
            case U64() -> in.u64();
            case Bool() -> in.bool();
            case OfDigest() -> in.digest();
            case ListOf(Shape item) ->
                item.staticLength().isPresent()
                        ? in.listOfStatic(item.staticLength().get(), item::read)
                        : in.listOfDynamic(item::read);
            case OptionOf(Shape item) -> in.option(item::read);
            case Struct(List<Shape> fields) -> {
                List<Object> values = new ArrayList<>();
                for (Shape field : fields.reversed()) {
                    values.addFirst(field.staticLength().isPresent() ? field.read(in) : in.prefixed(field::read));
                }
                yield List.copyOf(values);
            }
        };
    }
}
