package proteus.bootstrap.config;

import static proteus.bootstrap.config.Heading.DATA;
import static proteus.bootstrap.config.Heading.RPC;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import proteus.adapters.rpc.RpcSettings;
import proteus.bootstrap.logging.LogFormat;

/** The flags for the RPC, the files, the memory and the log. */
final class ProgramFlags {

    /** A block's frame has at most 20 MiB, and the node must be able to hold one while another is answered. */
    static final long LEAST_INBOUND_MEMORY = 64L << 20;

    static final Flag<Long> RPC_PORT = Flag.one(
            RPC,
            "rpc-port",
            "PORT",
            Kind.port(),
            "The port of the RPC, always on 127.0.0.1; 0 takes any free port. Default: " + RpcSettings.DEFAULT_PORT
                    + ".");

    static final Flag<Boolean> DISABLE_COOKIE_HINT = Flag.toggle(
            RPC, "disable-cookie-hint", "Do not tell clients of the RPC where the data directory with the cookie is.");

    static final Flag<Path> DATA_DIR = Flag.one(DATA, "data-dir", "DIR", Kind.path(), """
            Where to keep files; each network has a directory of its own below it. A relative DIR is looked for below the \
            directory of the default, not the current one.
            Default on Linux: $XDG_DATA_HOME/proteus,
            or else $HOME/.local/share/proteus.""");

    static final Flag<Path> CONFIG = Flag.one(
            DATA,
            "config",
            "FILE",
            Kind.path(),
            "A TOML file with the same names as these flags, without the dashes. Default: none.");

    static final Flag<Long> INBOUND_MEMORY = Flag.one(
            DATA,
            "inbound-memory",
            "SIZE",
            Kind.size(LEAST_INBOUND_MEMORY),
            "How much of what peers sent may be in memory at one time, over all peers; units B, K, M, G; 64M or more. "
                    + "Default: a quarter of Java's heap.");

    static final Flag<LogLevel> LOG_LEVEL = Flag.many(
            DATA,
            "log-level",
            "LEVEL",
            LogLevel::parse,
            "The least severe level to log: all, trace, debug, info, warn, error or off; or LOGGER=LEVEL for one part of "
                    + "the program; can be repeated. Default: info.");

    static final Flag<LogFormat> LOG_FORMAT = Flag.one(
            DATA,
            "log-format",
            "FORMAT",
            text -> Kind.oneOf(Map.of("text", LogFormat.TEXT, "json", LogFormat.JSON), "text or json")
                    .read(text.toLowerCase(Locale.ROOT)),
            "text, or json for one JSON object a line. The log goes to standard error. Default: text.");

    private ProgramFlags() {}

    static List<Flag<?>> all() {
        return List.of(RPC_PORT, DISABLE_COOKIE_HINT, DATA_DIR, CONFIG, INBOUND_MEMORY, LOG_LEVEL, LOG_FORMAT);
    }
}
