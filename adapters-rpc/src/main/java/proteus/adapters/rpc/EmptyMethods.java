package proteus.adapters.rpc;

import proteus.adapters.rpc.value.JsonContent;

/** Methods about what this node does not have, where having nothing is a proper answer: mempool, wallet. */
final class EmptyMethods {

    void addTo(MethodTable methods) {
        methods.put("mempool_tx_count", _ -> Answer.of(JsonContent.whole(0)));
        methods.put("mempool_size", _ -> Answer.of(JsonContent.whole(0)));
        methods.put("mempool_tx_ids", _ -> Answer.of(JsonContent.emptyArray()));
        methods.put("mempool_overview", _ -> Answer.of(JsonContent.emptyArray()));
        methods.put("confirmations", _ -> Answer.nothing());
    }
}
