package proteus.adapters.rpc.http;

import java.util.Locale;

/** A namespace of methods that an operator can ask for. Source: neptune-rpc-api 0.19.4, {@code ops.rs}. */
public enum RpcModule {
    /** About the node itself. */
    NODE(true),
    /** About peers and bans; only for who may do everything. */
    NETWORK(true),
    /** About the tip. */
    CHAIN(true),
    /** About all blocks. */
    ARCHIVAL(true),
    /** For external miners. */
    MINING(false),
    /** About waiting transactions. */
    MEMPOOL(false),
    /** For external wallets. */
    WALLET(false),
    /** The node's own wallet. */
    PERSONAL(false),
    /** What needs an index of outputs. */
    UTXOINDEX(false);

    private final boolean served;

    RpcModule(boolean served) {
        this.served = served;
    }

    /** Whether this node has what the module is about. */
    boolean isServed() {
        return served;
    }

    /** What stands before the underscore of a method's name, and what operators write. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
