package proteus.bootstrap.config;

import static proteus.bootstrap.config.Heading.CHAIN_LATER;
import static proteus.bootstrap.config.Heading.MINING_LATER;
import static proteus.bootstrap.config.Heading.PEERS_LATER;

import java.util.List;

/**
 * Upstream's flags for what this node does not have yet. Their values are checked as far as their form goes, so that a
 * command line which works here is one that upstream reads too.
 */
final class LaterFlags {

    private static final long MAX_U32 = 0xFFFF_FFFFL;
    private static final Kind<Integer> COUNT = Kind.count();
    private static final Kind<String> COINS =
            Kind.matching("(?=.*[0-9])-?[0-9]{0,8}(\\.[0-9]*)?", "an amount of coins, such as 0.01");
    private static final Kind<String> BLOCK_RANGE =
            Kind.matching("[0-9]*(\\.\\.=?|:)[0-9]*", "a range of blocks, such as 0..1000, 0..=999 or 500..");
    private static final Kind<String> UPGRADE_FILTER =
            Kind.matching("[0-9]{1,3}:[0-9]{1,3}", "a filter DIVISOR:REMAINDER, such as 4:2");
    private static final Kind<String> PROVER_VARIABLES = Kind.matching(
            "[0-9]{1,2}:\"?[^\",]*\"?(,[0-9]{1,2}:\"?[^\",]*\"?)*", "a list such as 20:\"A=1 B=2\",21:\"A=3\"");
    private static final Kind<String> CAPABILITY = Kind.matching(
            "lockscript|proofcollection|singleproof", "one of lockscript, proofcollection and singleproof");
    private static final Kind<String> FEE_NOTIFICATION = Kind.matching(
            "(?i)on-?chain-?symmetric|on-?chain-?generation|off-?chain",
            "one of on-chain-symmetric, on-chain-generation and off-chain");

    static final Flag<Boolean> BLOCKS_ONLY =
            Flag.toggle(CHAIN_LATER, "blocks-only", "Take no transactions from peers. Conflicts with --compose.");

    static final Flag<String> BLOCK_NOTIFY = Flag.one(
            CHAIN_LATER,
            "block-notify",
            "COMMAND",
            Kind.text(),
            "The same as BLOCK_NOTIFY, for those who prefer a name.");

    private LaterFlags() {}

    static List<Flag<?>> peers() {
        return List.of(
                Flag.toggle(PEERS_LATER, "disable-relay-server", "Do not relay for other peers."),
                Flag.toggle(
                        PEERS_LATER,
                        "no-serve-archival-mutator-set",
                        "Do not offer the archival mutator set to peers."),
                Flag.one(
                        PEERS_LATER,
                        "archival-mutator-set-work",
                        "LOG2",
                        Kind.number(0, 63),
                        "The work that a peer does for the archival mutator set."));
    }

    static List<Flag<?>> mining() {
        return List.of(
                Flag.one(MINING_LATER, "guesser-version", "NUMBER", COUNT, "The version in guessed headers."),
                Flag.one(
                        MINING_LATER,
                        "guesser-fraction",
                        "FRACTION",
                        Kind.fraction(),
                        "The guesser's share of a composition; now it is all."),
                Flag.one(
                        MINING_LATER,
                        "max-num-compose-mergers",
                        "COUNT",
                        Kind.number(1, MAX_U32),
                        "Transactions merged into one composition."),
                Flag.one(MINING_LATER, "mining-address", "ADDRESS", Kind.text(), "Where rewards go."),
                Flag.one(
                        MINING_LATER,
                        "fee-notification",
                        "WAY",
                        FEE_NOTIFICATION,
                        "How own fee outputs are backed up."),
                Flag.toggle(MINING_LATER, "tx-proof-upgrading", "Upgrade proofs of others' transactions for a fee."),
                Flag.one(
                        MINING_LATER,
                        "tx-upgrade-filter",
                        "DIVISOR:REMAINDER",
                        UPGRADE_FILTER,
                        "Which transactions to upgrade."),
                Flag.one(
                        MINING_LATER,
                        "gobbling-fraction",
                        "FRACTION",
                        Kind.fraction(),
                        "The share of the fee for upgrading."),
                Flag.one(MINING_LATER, "min-gobbling-fee", "COINS", COINS, "The least fee to upgrade for."),
                Flag.one(
                        MINING_LATER,
                        "tx-proving-capability",
                        "KIND",
                        CAPABILITY,
                        "The strongest proof this machine makes."),
                Flag.one(
                                MINING_LATER,
                                "max-log2-padded-height-for-proofs",
                                "LOG2",
                                Kind.number(10, 31),
                                "Refuse larger proofs.")
                        .or("-m"),
                Flag.one(MINING_LATER, "max-num-proofs", "COUNT", COUNT, "The largest proof collection to upgrade."),
                Flag.one(
                        MINING_LATER,
                        "triton-vm-env-vars",
                        "LIST",
                        PROVER_VARIABLES,
                        "Environment of provers by proof size."));
    }

    static List<Flag<?>> chain() {
        return List.of(
                Flag.one(CHAIN_LATER, "max-mempool-size", "SIZE", Kind.size(0), "How large the mempool may become."),
                Flag.one(
                        CHAIN_LATER,
                        "min-relay-pctx-fee-per-input",
                        "COINS",
                        COINS,
                        "The least fee per input to relay a proof collection for."),
                BLOCKS_ONLY,
                Flag.toggle(CHAIN_LATER, "no-transaction-initiation", "Refuse to create transactions.")
                        .or("--notx"),
                Flag.toggle(CHAIN_LATER, "no-resume-sync", "Do not pick up an interrupted sync."),
                Flag.one(CHAIN_LATER, "sync-dir", "DIR", Kind.path(), "Where downloaded blocks wait."),
                Flag.one(CHAIN_LATER, "import-blocks-from-directory", "DIR", Kind.path(), "Import block files first."),
                Flag.one(
                        CHAIN_LATER,
                        "import-block-flush-period",
                        "BLOCKS",
                        COUNT,
                        "Blocks between flushes of an import."),
                Flag.toggle(CHAIN_LATER, "disable-validation-in-block-import", "Import without checking."),
                Flag.maybe(CHAIN_LATER, "auto-consolidate", "ADDRESS", Kind.text(), "Merge UTXOs automatically."),
                Flag.one(
                        CHAIN_LATER,
                        "num-consolidation-inputs",
                        "COUNT",
                        Kind.number(0, 255),
                        "Inputs of such a transaction."),
                Flag.toggle(
                        CHAIN_LATER,
                        "accept-consolidation-lustrations",
                        "Let consolidation reveal inputs when it must."),
                Flag.one(CHAIN_LATER, "number-of-mps-per-utxo", "COUNT", COUNT, "Membership proofs kept per UTXO."),
                Flag.maybe(
                        CHAIN_LATER, "scan-blocks", "RANGE", BLOCK_RANGE, "Blocks to scan for the wallet once more."),
                Flag.one(CHAIN_LATER, "scan-keys", "COUNT", COUNT, "Future keys to scan for."),
                Flag.toggle(CHAIN_LATER, "utxo-index", "Keep an index of announcements, inputs and outputs."),
                Flag.toggle(CHAIN_LATER, "tokio-console", "Upstream's own special builds have this."),
                BLOCK_NOTIFY);
    }
}
