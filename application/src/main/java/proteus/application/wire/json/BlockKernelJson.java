package proteus.application.wire.json;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import proteus.domain.block.BlockKernel;

/** Block kernels by themselves: no message has one, but the RPC of neptune-cli gives them in the form of messages. */
public final class BlockKernelJson {

    private BlockKernelJson() {}

    /** The JSON of {@code kernel}; empty if it is longer than {@code limit} bytes. */
    public static Optional<String> encode(BlockKernel kernel, int limit) {
        try (JsonWriter out = new JsonWriter(limit)) {
            BlockJson.write(out, kernel);
            return Optional.of(new String(out.toByteArray(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException tooLong) {
            return Optional.empty();
        }
    }
}
