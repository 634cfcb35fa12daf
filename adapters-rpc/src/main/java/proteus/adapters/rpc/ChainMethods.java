package proteus.adapters.rpc;

import java.util.List;
import java.util.Optional;
import proteus.application.port.NodeControl;
import proteus.domain.block.BlockHeader;
import proteus.domain.hash.Digest;

/**
 * Methods about the chain, as far as the tip alone tells.
 *
 * <p>What lies below the tip is not at hand here: whoever asks for it is told so, rather than that it does not exist.
 */
final class ChainMethods {

    private final NodeControl control;

    ChainMethods(NodeControl control) {
        this.control = control;
    }

    void addTo(MethodTable methods) {
        methods.put("block_height", this::blockHeight);
        methods.put("block_digest", this::blockDigest);
        methods.put("block_digests_by_height", this::blockDigestsByHeight);
        methods.put("latest_tip_digests", this::latestTipDigests);
        methods.put("header", this::header);
    }

    private Answer blockHeight(Arguments arguments) {
        BlockHeader tip = control.tipHeader();
        return Answer.of(json -> json.writeNumber(tip.height().toString()));
    }

    private Answer blockDigest(Arguments arguments) throws CallException {
        if (!isTip(arguments.selector("block_selector"))) {
            return Answer.nothing();
        }
        return Answer.of(JsonContent.text(control.tipDigest().toHex()));
    }

    private Answer header(Arguments arguments) throws CallException {
        if (!isTip(arguments.selector("block_selector"))) {
            return Answer.nothing();
        }
        BlockHeader tip = control.tipHeader();
        return Answer.of(json -> ChainJson.writeHeader(json, tip));
    }

    private Answer blockDigestsByHeight(Arguments arguments) throws CallException {
        if (!isTip(new BlockSelector.ByHeight(arguments.whole("height")))) {
            return Answer.of(JsonContent.emptyArray());
        }
        return digests(List.of(control.tipDigest()));
    }

    /** Whether the selector names the tip; false if it names no block that exists. */
    private boolean isTip(BlockSelector selector) throws CallException {
        BlockHeader tip = control.tipHeader();
        boolean tipIsGenesis = tip.height().isGenesis();
        Optional<Boolean> isTip = switch (selector) {
            case BlockSelector.Tip() -> Optional.of(true);
            case BlockSelector.Genesis() -> tipIsGenesis ? Optional.of(true) : Optional.empty();
            case BlockSelector.ByDigest(Digest digest) when digest.equals(control.tipDigest()) -> Optional.of(true);
            case BlockSelector.ByDigest _ -> tipIsGenesis ? Optional.of(false) : Optional.empty();
            case BlockSelector.ByHeight(long height) ->
                isTip(height, tip.height().value());
        };
        return isTip.orElseThrow(MethodTable::unsupported);
    }

    private static Optional<Boolean> isTip(long height, long tipHeight) {
        int order = Long.compareUnsigned(height, tipHeight);
        return order < 0 ? Optional.empty() : Optional.of(order == 0);
    }

    /** Ancestors of the tip, the nearest first; the tip is none. */
    private Answer latestTipDigests(Arguments arguments) throws CallException {
        long wanted = arguments.whole("n");
        BlockHeader tip = control.tipHeader();
        if (wanted == 0 || tip.height().isGenesis()) {
            return Answer.of(JsonContent.emptyArray());
        }
        if (wanted > 1 && tip.height().value() > 1) {
            throw MethodTable.unsupported();
        }
        return digests(List.of(tip.prevBlockDigest()));
    }

    private static Answer digests(List<Digest> digests) {
        return Answer.of(json -> ChainJson.writeDigests(json, digests));
    }
}
