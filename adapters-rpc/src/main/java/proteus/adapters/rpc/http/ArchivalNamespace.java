package proteus.adapters.rpc.http;

import static proteus.adapters.rpc.http.JsonRpcMethods.result;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import proteus.adapters.rpc.chain.SelectedBlock;
import proteus.adapters.rpc.value.JsonContent;
import proteus.application.chain.ChainState;
import proteus.application.port.StoreException;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.field.BFieldElement;
import proteus.domain.hash.Digest;

/** Methods about blocks by their name, each of which reads one. Source: neptune-cash 0.19.4, {@code service.rs}. */
final class ArchivalNamespace {

    private final ChainState chain;

    ArchivalNamespace(ChainState chain) {
        this.chain = chain;
    }

    void addTo(JsonRpcMethods methods) {
        methods.put(RpcModule.ARCHIVAL, "getBlockDigest", 1, this::getBlockDigest);
        methods.put(RpcModule.ARCHIVAL, "getBlockDigests", 1, this::getBlockDigests);
        methods.put(RpcModule.ARCHIVAL, "isBlockCanonical", 1, this::isBlockCanonical);
        methods.put(RpcModule.ARCHIVAL, "getBlockHeader", 1, this::getBlockHeader);
        put(methods, "getBlock", "block", block -> json -> BlockJson.write(json, block));
        put(methods, "getBlockProof", "proof", block -> json -> BlockJson.write(json, block.proof()));
        put(methods, "getBlockKernel", "kernel", block -> json -> BlockJson.write(json, block.kernel()));
        put(
                methods,
                "getBlockBody",
                "body",
                block -> json -> BlockJson.write(json, block.kernel().body()));
        put(methods, "getBlockTransactionKernel", "kernel", block -> json -> {
            TransactionKernelJson.write(json, block.kernel().body().transactionKernel());
        });
        put(methods, "getBlockAnnouncements", "announcements", block -> json -> {
            TransactionKernelJson.writeAnnouncements(
                    json, block.kernel().body().transactionKernel().announcements());
        });
    }

    private void put(JsonRpcMethods methods, String name, String member, Function<Block, JsonContent> part) {
        methods.put(RpcModule.ARCHIVAL, name, 1, params -> {
            Optional<Block> block = selected().block(params.selector(0));
            return result(member, block.map(part).orElse(JsonContent.NULL));
        });
    }

    private SelectedBlock selected() {
        return new SelectedBlock(chain.snapshot());
    }

    /** A digest is given back whether or not there is such a block. */
    private JsonContent getBlockDigest(Params params) throws JsonRpcException {
        return digest("digest", selected().digest(params.selector(0)));
    }

    private JsonContent getBlockDigests(Params params) throws JsonRpcException, StoreException {
        BlockHeight height = new BlockHeight(BFieldElement.reduce(params.u64(0)));
        List<Digest> digests = chain.snapshot().blocksAt(height);
        return result("digests", json -> TransactionKernelJson.writeDigests(json, digests));
    }

    private JsonContent getBlockHeader(Params params) throws JsonRpcException, StoreException {
        JsonContent header = selected()
                .header(params.selector(0))
                .<JsonContent>map(found -> json -> BlockJson.write(json, found))
                .orElse(JsonContent.NULL);
        return result("header", header);
    }

    private JsonContent isBlockCanonical(Params params) throws JsonRpcException, StoreException {
        boolean canonical = selected().isCanonical(params.digest(0));
        return result("canonical", json -> json.writeBoolean(canonical));
    }

    /** A result whose only member is a digest or null. */
    static JsonContent digest(String member, Optional<Digest> digest) {
        return result(
                member, digest.map(found -> JsonContent.text(found.toHex())).orElse(JsonContent.NULL));
    }
}
