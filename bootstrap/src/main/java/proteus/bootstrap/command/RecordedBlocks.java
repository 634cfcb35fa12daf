package proteus.bootstrap.command;

import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.application.wire.BincodeForm;
import proteus.application.wire.IntegerWidth;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.bootstrap.command.JsonLines.BadLineException;
import proteus.domain.block.Block;
import proteus.domain.consensus.ParentBlock;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.PeerMessage;

/** Collects the blocks of a file, each once. */
final class RecordedBlocks {

    private final Map<Digest, ParentBlock> blocks = new LinkedHashMap<>();
    private Optional<Network> network = Optional.empty();

    /**
     * Takes the blocks of one line.
     *
     * @throws BadLineException if the line is neither a frame nor a block
     */
    void line(int number, String line) throws IOException {
        String text = line.strip();
        if (!text.startsWith("{")) {
            frame(number, JsonObject.hex(number, text));
            return;
        }
        JsonObject object = JsonLines.parse(number, text);
        if (object.optionalText("block_bincode").isPresent()) {
            add(block(number, object.bytes("block_bincode")));
        } else {
            frame(number, object.bytes("frame"));
        }
    }

    private void frame(int number, byte[] payload) throws BadLineException {
        PeerMessage message;
        try {
            message = PeerMessageCodec.decode(payload);
        } catch (MalformedMessageException e) {
            throw new BadLineException(number, "no message: " + e.getMessage());
        }
        if (message instanceof PeerMessage.Handshake(var _, var data)) {
            network = Optional.of(data.network());
        }
        // A proposal has no proof of work yet, so it is no block of a chain.
        if (!(message instanceof PeerMessage.BlockProposal)) {
            MessageText.blocksOf(message).forEach(this::add);
        }
    }

    private static Block block(int number, byte[] bytes) throws BadLineException {
        try {
            return BincodeForm.BLOCK.decode(bytes, IntegerWidth.FIXED);
        } catch (MalformedMessageException e) {
            throw new BadLineException(number, "block_bincode does not decode: " + e.getMessage());
        }
    }

    private void add(Block block) {
        ParentBlock hashed = ParentBlock.of(block);
        blocks.putIfAbsent(hashed.digest(), hashed);
    }

    /** The network that the last handshake named. */
    Optional<Network> network() {
        return network;
    }

    /** All blocks, lowest first; those of one height in the order in which they came. */
    List<ParentBlock> byHeight() {
        return blocks.values().stream()
                .sorted(Comparator.comparing(block -> block.header().height()))
                .toList();
    }
}
