package proteus.bootstrap.config;

/** Under what a flag stands in the help. */
public enum Heading {
    /** Which network, which peers. */
    NETWORK("Network and peers", true),
    /** How far the node has gone from legacy to libp2p, and how it goes on. */
    MIGRATION("Migration from legacy to libp2p", true),
    /** The ports, the identity and the addresses of one stack. */
    LIBP2P("libp2p", true),
    /** What neptune-cli and neptune-dashboard connect to. */
    RPC("RPC for neptune-cli and neptune-dashboard", true),
    /** What wallets, explorers and scripts connect to. */
    JSON_RPC("JSON-RPC over HTTP", true),
    /** What Prometheus and supervisors connect to. */
    MONITORING("Monitoring", true),
    /** Which blocks are fetched, and how. */
    CHAIN("Chain", true),
    /** Composing, guessing, and the proposals of others. */
    MINING("Mining, on networks with mock proofs", true),
    /** Files, memory and the log. */
    DATA("Data, configuration and logs", true),
    /** What upstream has and this node has not yet. */
    PEERS_LATER("Accepted for compatibility, without effect yet: peers and libp2p", false),
    /** The same for composing, guessing and proving. */
    MINING_LATER("Accepted for compatibility, without effect yet: mining and proving", false),
    /** The same for transactions, blocks and the wallet. */
    CHAIN_LATER("Accepted for compatibility, without effect yet: mempool, sync, wallet and more", false);

    private final String text;
    private final boolean honoured;

    Heading(String text, boolean honoured) {
        this.text = text;
        this.honoured = honoured;
    }

    /** Whether the flags below it have an effect. */
    boolean isHonoured() {
        return honoured;
    }

    /** As the help shows it. */
    public String text() {
        return text;
    }
}
