package proteus.adapters.rpc.http;

import static proteus.adapters.rpc.http.JsonRpcMethods.result;

import java.util.function.Function;
import proteus.adapters.rpc.value.JsonContent;
import proteus.application.chain.ChainState;
import proteus.application.port.NodeControl;
import proteus.domain.block.Block;
import proteus.domain.block.BlockKernel;
import proteus.domain.transaction.TransactionKernel;

/** Methods about the network and the tip, which cost next to nothing. Source: neptune-cash 0.19.4, {@code service.rs}. */
final class TipNamespaces {

    private final NodeControl control;
    private final ChainState chain;

    TipNamespaces(NodeControl control, ChainState chain) {
        this.control = control;
        this.chain = chain;
    }

    void addNodeTo(JsonRpcMethods methods) {
        String network = control.network().id();
        methods.put(RpcModule.NODE, "network", 0, _ -> result("network", JsonContent.text(network)));
    }

    void addChainTo(JsonRpcMethods methods) {
        methods.put(RpcModule.CHAIN, "height", 0, _ -> {
            String height = chain.snapshot().height().toString();
            return result("height", json -> json.writeNumber(height));
        });
        methods.put(RpcModule.CHAIN, "tipDigest", 0, _ -> {
            String digest = chain.tip().digest().toHex();
            return result("digest", JsonContent.text(digest));
        });
        put(methods, "tip", "block", block -> json -> BlockJson.write(json, block));
        put(methods, "tipProof", "proof", block -> json -> BlockJson.write(json, block.proof()));
        put(methods, "tipKernel", "kernel", block -> json -> BlockJson.write(json, block.kernel()));
        put(
                methods,
                "tipHeader",
                "header",
                block -> json -> BlockJson.write(json, block.kernel().header()));
        put(
                methods,
                "tipBody",
                "body",
                block -> json -> BlockJson.write(json, block.kernel().body()));
        put(methods, "tipTransactionKernel", "kernel", block -> json -> {
            TransactionKernelJson.write(json, transaction(block.kernel()));
        });
        put(methods, "tipAnnouncements", "announcements", block -> json -> {
            TransactionKernelJson.writeAnnouncements(
                    json, transaction(block.kernel()).announcements());
        });
    }

    private static TransactionKernel transaction(BlockKernel kernel) {
        return kernel.body().transactionKernel();
    }

    private void put(JsonRpcMethods methods, String name, String member, Function<Block, JsonContent> part) {
        methods.put(RpcModule.CHAIN, name, 0, _ -> {
            Block tip = chain.snapshot().tipBlock().block();
            return result(member, part.apply(tip));
        });
    }
}
