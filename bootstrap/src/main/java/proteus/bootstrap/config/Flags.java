package proteus.bootstrap.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that can be said to a node, in the order of the help. */
public final class Flags {

    private Flags() {}

    /** Every flag. */
    public static List<Flag<?>> all() {
        return Stream.of(
                        NetworkFlags.all(),
                        MigrationFlags.all(),
                        GuardFlags.all(),
                        Libp2pFlags.all(),
                        ProgramFlags.all(),
                        JsonRpcFlags.all(),
                        MonitoringFlags.all(),
                        ChainFlags.all(),
                        MiningFlags.all(),
                        LaterFlags.peers(),
                        LaterFlags.mining(),
                        LaterFlags.chain())
                .<Flag<?>>flatMap(List::stream)
                .toList();
    }

    /** The flags that say where a data directory is. */
    public static List<Flag<?>> ofDataDirectory() {
        return List.of(NetworkFlags.NAME, ProgramFlags.DATA_DIR, ProgramFlags.CONFIG);
    }

    /** The flags that say where the RPC of a node is. */
    public static List<Flag<?>> ofRpc() {
        return List.of(NetworkFlags.NAME, ProgramFlags.RPC_PORT, ProgramFlags.DATA_DIR, ProgramFlags.CONFIG);
    }

    /** What upstream's only positional argument says. */
    public static Flag<?> blockNotify() {
        return LaterFlags.BLOCK_NOTIFY;
    }

    /** The flag of this long name, without dashes. */
    static Optional<Flag<?>> named(String name) {
        return all().stream().filter(flag -> flag.name().equals(name)).findAny();
    }
}
