package proteus.adapters.libp2p.nativeprotocol;

import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Optional;
import java.util.function.Function;
import proteus.adapters.libp2p.nativeprotocol.proto.FormOptions;

/**
 * What one field of the schema may hold.
 *
 * @param form what its value is
 * @param repeated whether it may be there several times
 * @param mark a bit of its own among the singular fields of its message; alternatives share one
 * @param required whether there must be one
 * @param list its number among the repeated fields of its message
 * @param least the fewest that there may be: of a repeated field occurrences, otherwise of what the form counts
 * @param most the most of the same
 * @param mostLater the most in a message that is not the first of its list
 * @param choices how many values an enum has
 * @param message what a message in it has
 */
record FieldShape(
        ValueForm form,
        boolean repeated,
        long mark,
        boolean required,
        int list,
        int least,
        int most,
        int mostLater,
        int choices,
        Optional<MessageShape> message) {

    /** That of a field of the schema; {@code shapes} knows the messages in it. */
    static FieldShape of(FieldDescriptor field, long mark, int list, Function<Descriptor, MessageShape> shapes) {
        FieldOptions options = field.getOptions();
        int count = options.getExtension(FormOptions.count);
        int most = options.hasExtension(FormOptions.most) ? options.getExtension(FormOptions.most) : Integer.MAX_VALUE;
        most = count > 0 ? count : most;
        int mostLater =
                options.hasExtension(FormOptions.mostLater) ? options.getExtension(FormOptions.mostLater) : most;
        ValueForm form = ValueForm.of(field);
        return new FieldShape(
                form,
                field.isRepeated(),
                mark,
                field.isRequired() || field.getContainingOneof() != null,
                list,
                count,
                most,
                mostLater,
                form == ValueForm.CHOICE ? field.getEnumType().getValues().size() : 0,
                form == ValueForm.MESSAGE ? Optional.of(shapes.apply(field.getMessageType())) : Optional.empty());
    }
}
