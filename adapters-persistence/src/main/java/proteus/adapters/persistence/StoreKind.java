package proteus.adapters.persistence;

import proteus.application.port.StoreException.Store;

/** The stores that there are, as operators are told of them. */
enum StoreKind {
    PEERS("peer store", true, "move the directory away to start without remembered peers and bans"),
    CHAIN("chain store", false, "move the directory away to fetch the chain anew");

    private final String text;
    private final boolean hasBackups;
    private final String freshStart;

    StoreKind(String text, boolean hasBackups, String freshStart) {
        this.text = text;
        this.hasBackups = hasBackups;
        this.freshStart = freshStart;
    }

    /** What the port calls it. */
    Store store() {
        return switch (this) {
            case PEERS -> Store.PEERS;
            case CHAIN -> Store.CHAIN;
        };
    }

    /** Its name in a sentence. */
    String text() {
        return text;
    }

    /** How to go on without it, in a sentence. */
    String freshStart() {
        return freshStart;
    }

    /** What to do when it is damaged, in a sentence. */
    String remedy() {
        return hasBackups ? "restore a backup, or " + freshStart : freshStart;
    }

    /** What to do when it is damaged, as the begin of a sentence. */
    String remedySentence() {
        String remedy = remedy();
        return Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1);
    }
}
