/**
 * What the Neptune Cash network <em>is</em>: field elements and hashing, blocks and transactions as data, the messages
 * that peers exchange, and the policies that judge peers.
 *
 * <p>Pure: no I/O, no clock, no threads, no logging and no library; {@code java.base} only.
 */
@org.jspecify.annotations.NullMarked
module proteus.domain {
    requires static org.jspecify;

    exports proteus.domain.block;
    exports proteus.domain.codec;
    exports proteus.domain.comparison;
    exports proteus.domain.consensus;
    exports proteus.domain.field;
    exports proteus.domain.hash;
    exports proteus.domain.mmr;
    exports proteus.domain.mutatorset;
    exports proteus.domain.network;
    exports proteus.domain.peer;
    exports proteus.domain.sync;
    exports proteus.domain.transaction;
    exports proteus.domain.transaction.rules;
}
