package proteus.adapters.libp2p.nativeprotocol;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one message of the schema may hold. Immutable, and safe for use by many threads. */
final class MessageShape {

    private final @Nullable FieldShape[] byNumber;
    private final List<FieldShape> lists;
    private final long required;

    private MessageShape(@Nullable FieldShape[] byNumber, List<FieldShape> lists, long required) {
        this.byNumber = byNumber;
        this.lists = List.copyOf(lists);
        this.required = required;
    }

    /** That of a message of the schema, in which no message may contain itself. */
    static MessageShape of(Descriptor message) {
        return of(message, new HashMap<>());
    }

    private static MessageShape of(Descriptor message, Map<String, MessageShape> known) {
        MessageShape shape = known.get(message.getFullName());
        if (shape == null) {
            shape = read(message, known);
            known.put(message.getFullName(), shape);
        }
        return shape;
    }

    private static MessageShape read(Descriptor message, Map<String, MessageShape> known) {
        int highest = message.getFields().stream()
                .mapToInt(FieldDescriptor::getNumber)
                .max()
                .orElse(0);
        @Nullable FieldShape[] byNumber = new FieldShape[highest + 1];
        Map<OneofDescriptor, Long> alternatives = new HashMap<>();
        List<FieldShape> lists = new ArrayList<>();
        long required = 0;
        long next = 1;
        for (FieldDescriptor field : message.getFields()) {
            long mark = next;
            @Nullable OneofDescriptor oneOf = field.getContainingOneof();
            if (oneOf != null) {
                mark = alternatives.computeIfAbsent(oneOf, _ -> 1L << (Integer.SIZE + alternatives.size()));
            } else if (!field.isRepeated()) {
                next <<= 1;
            }
            FieldShape shape = FieldShape.of(field, mark, lists.size(), nested -> of(nested, known));
            byNumber[field.getNumber()] = shape;
            if (shape.repeated()) {
                lists.add(shape);
            } else if (shape.required()) {
                required |= mark;
            }
        }
        if (next > 1L << Integer.SIZE || alternatives.size() > Integer.SIZE) {
            throw new IllegalStateException(message.getFullName() + " has more fields than can be marked");
        }
        return new MessageShape(byNumber, lists, required);
    }

    /** The field with this number; null if the schema has none. */
    @Nullable FieldShape field(int number) {
        return number < byNumber.length ? byNumber[number] : null;
    }

    /** The repeated fields, by their number among themselves. */
    List<FieldShape> lists() {
        return lists;
    }

    /** The marks that must be there. */
    long required() {
        return required;
    }
}
