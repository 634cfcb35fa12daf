package proteus.adapters.persistence;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PositivePeerSanction;

/**
 * The binary form of a sanction: its name and its parameters, each with a length of two bytes before it.
 *
 * <p>So a sanction that this version does not know can be skipped, and the rest of its record read.
 */
final class SanctionFormat {

    /** Stands for a punishment whose name is not known; upstream's own word for lost knowledge of a peer. */
    static final NegativePeerSanction FORGOTTEN = new NegativePeerSanction.NoStandingFoundMaybeCrash();

    private SanctionFormat() {}

    static void write(NegativePeerSanction sanction, DataOutput out) throws IOException {
        ByteArrayOutputStream parameters = new ByteArrayOutputStream();
        DataOutput to = new DataOutputStream(parameters);
        if (sanction instanceof NegativePeerSanction.InvalidBlock block) {
            to.writeLong(block.height().value());
            Fields.writeDigest(block.digest(), to);
        } else if (sanction instanceof NegativePeerSanction.ForkResolutionError walk) {
            to.writeLong(walk.height().value());
            to.writeInt(walk.count());
            Fields.writeDigest(walk.digest(), to);
        } else if (sanction instanceof NegativePeerSanction.ArchivalMutatorSetRequest request) {
            to.writeLong(request.frames());
        }
        write(SanctionNames.name(sanction), parameters.toByteArray(), out);
    }

    static void write(PositivePeerSanction sanction, DataOutput out) throws IOException {
        ByteArrayOutputStream parameters = new ByteArrayOutputStream();
        switch (sanction) {
            case PositivePeerSanction.ValidBlocks(int count) -> new DataOutputStream(parameters).writeInt(count);
            case PositivePeerSanction.NewBlockProposal() -> {}
        }
        write(SanctionNames.name(sanction), parameters.toByteArray(), out);
    }

    private static void write(String name, byte[] parameters, DataOutput out) throws IOException {
        out.writeUTF(name);
        out.writeShort(parameters.length);
        out.write(parameters);
    }

    /** Reads a punishment; empty if its name is not known. */
    static Optional<NegativePeerSanction> readNegative(DataInput in) throws IOException {
        String name = in.readUTF();
        byte[] bytes = readParameters(in);
        @Nullable NegativePeerSanction plain = SanctionNames.withoutParameters().get(name);
        if (plain != null) {
            requireEnd(name, bytes.length);
            return Optional.of(plain);
        }
        ByteArrayInputStream rest = new ByteArrayInputStream(bytes);
        DataInput parameters = new DataInputStream(rest);
        Optional<NegativePeerSanction> sanction = switch (name) {
            case "InvalidBlock" ->
                Optional.of(new NegativePeerSanction.InvalidBlock(
                        new BlockHeight(parameters.readLong()), Fields.readDigest(parameters)));
            case "ForkResolutionError" ->
                Optional.of(new NegativePeerSanction.ForkResolutionError(
                        new BlockHeight(parameters.readLong()), parameters.readInt(), Fields.readDigest(parameters)));
            case "ArchivalMutatorSetRequest" ->
                Optional.of(new NegativePeerSanction.ArchivalMutatorSetRequest(parameters.readLong()));
            default -> Optional.empty();
        };
        if (sanction.isPresent()) {
            requireEnd(name, rest.available());
        }
        return sanction;
    }

    /** Reads a reward; empty if its name is not known. */
    static Optional<PositivePeerSanction> readPositive(DataInput in) throws IOException {
        String name = in.readUTF();
        byte[] bytes = readParameters(in);
        return switch (name) {
            case "ValidBlocks" -> {
                DataInput parameters = new DataInputStream(new ByteArrayInputStream(bytes));
                int count = parameters.readInt();
                requireEnd(name, bytes.length - Integer.BYTES);
                yield Optional.of(new PositivePeerSanction.ValidBlocks(count));
            }
            case "NewBlockProposal" -> {
                requireEnd(name, bytes.length);
                yield Optional.of(new PositivePeerSanction.NewBlockProposal());
            }
            default -> Optional.empty();
        };
    }

    private static byte[] readParameters(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readUnsignedShort()];
        in.readFully(bytes);
        return bytes;
    }

    private static void requireEnd(String name, int left) throws IOException {
        if (left != 0) {
            throw new IOException(left + " bytes too many for " + name);
        }
    }
}
