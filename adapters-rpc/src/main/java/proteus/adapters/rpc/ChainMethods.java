package proteus.adapters.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.adapters.rpc.chain.SelectedBlock;
import proteus.adapters.rpc.value.JsonContent;
import proteus.application.chain.ChainSnapshot;
import proteus.application.chain.ChainState;
import proteus.application.port.StoreException;
import proteus.application.wire.json.BlockKernelJson;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;

/** Methods about single blocks. Source: behaviour of neptune-cash 0.19.4, {@code rpc/server.rs}. */
final class ChainMethods {

    /** More digests do not fit into an answer that clients take. */
    private static final int MAX_DIGESTS = 100_000;

    private final ChainState chain;

    ChainMethods(ChainState chain) {
        this.chain = chain;
    }

    void addTo(MethodTable methods) {
        methods.put("block_height", this::blockHeight);
        methods.put("block_digest", this::blockDigest);
        methods.put("block_digests_by_height", this::blockDigestsByHeight);
        methods.put("latest_tip_digests", this::latestTipDigests);
        methods.put("header", this::header);
        methods.put("block_info", this::blockInfo);
        methods.put("block_kernel", this::blockKernel);
        methods.put("announcements_in_block", this::announcementsInBlock);
    }

    private Answer blockHeight(Arguments arguments) {
        String height = chain.snapshot().height().toString();
        return Answer.of(json -> json.writeNumber(height));
    }

    private Answer blockDigest(Arguments arguments) throws CallException, StoreException {
        SelectedBlock selected = new SelectedBlock(chain.snapshot());
        Optional<Digest> digest = selected.digest(arguments.selector("block_selector"));
        boolean isThere = digest.isPresent() && selected.header(digest.get()).isPresent();
        return Answer.of(isThere ? JsonContent.text(digest.get().toHex()) : JsonContent.NULL);
    }

    private Answer header(Arguments arguments) throws CallException, StoreException {
        return Answer.of(new SelectedBlock(chain.snapshot())
                .header(arguments.selector("block_selector"))
                .<JsonContent>map(header -> json -> ChainJson.writeHeader(json, header))
                .orElse(JsonContent.NULL));
    }

    private Answer blockDigestsByHeight(Arguments arguments) throws CallException, StoreException {
        BlockHeight height = ChainStatisticsMethods.height(arguments.whole("height"));
        return digests(chain.snapshot().blocksAt(height));
    }

    /** Ancestors of the tip, the nearest first; the tip is none. */
    private Answer latestTipDigests(Arguments arguments) throws CallException {
        ChainSnapshot snapshot = chain.snapshot();
        long height = snapshot.height().value();
        long count = Math.min(arguments.whole("n"), height);
        if (count > MAX_DIGESTS) {
            throw CallException.failed("more than " + MAX_DIGESTS + " digests are too many for one answer");
        }
        List<Digest> ancestors = new ArrayList<>();
        for (long i = 1; i <= count; i++) {
            ancestors.add(snapshot.digestAt(new BlockHeight(height - i)).orElseThrow());
        }
        return digests(ancestors);
    }

    private static Answer digests(List<Digest> digests) {
        return Answer.of(json -> ChainJson.writeDigests(json, digests));
    }

    private Answer blockInfo(Arguments arguments) throws CallException, StoreException {
        ChainSnapshot snapshot = chain.snapshot();
        SelectedBlock selected = new SelectedBlock(snapshot);
        Optional<Digest> digest = selected.digest(arguments.selector("block_selector"));
        Optional<Block> block = digest.isPresent() ? snapshot.block(digest.get()) : Optional.empty();
        if (block.isEmpty()) {
            return Answer.nothing();
        }
        BlockHeight height = block.get().kernel().header().height();
        List<Digest> siblings = new ArrayList<>(snapshot.blocksAt(height));
        siblings.remove(digest.get());
        BlockInfoJson.Place place = new BlockInfoJson.Place(
                digest.get(),
                digest.get().equals(snapshot.genesis()),
                digest.get().equals(snapshot.tip().digest()),
                snapshot.isOnChain(height, digest.get()),
                siblings);
        return Answer.of(json -> BlockInfoJson.write(json, block.get(), place));
    }

    private Answer blockKernel(Arguments arguments) throws CallException, StoreException {
        Optional<Block> block = new SelectedBlock(chain.snapshot()).block(arguments.selector("block_selector"));
        if (block.isEmpty()) {
            return Answer.nothing();
        }
        String kernel = BlockKernelJson.encode(block.get().kernel(), RpcLimits.DEFAULT.maxAnswerBytes())
                .orElseThrow(() -> CallException.failed("the block is longer than clients take"));
        return Answer.of(json -> json.writeRawValue(kernel));
    }

    private Answer announcementsInBlock(Arguments arguments) throws CallException, StoreException {
        return Answer.of(new SelectedBlock(chain.snapshot())
                .block(arguments.selector("block_selector"))
                .map(block -> block.kernel().body().transactionKernel().announcements())
                .<JsonContent>map(announcements -> json -> ChainJson.writeAnnouncements(json, announcements))
                .orElse(JsonContent.NULL));
    }
}
