package proteus.bootstrap.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import proteus.application.port.Stack;
import proteus.bootstrap.config.Host.OperatingSystem;
import proteus.domain.peer.IpAddress;

/** What tests say to a node, and the host on which they say it. */
public final class Said {

    private static final long MAX_HEAP = 4L << 30;

    private Said() {}

    /** A command line of names without dashes, each with its value. */
    static Source flags(String... namesAndValues) {
        Map<String, List<Source.Given>> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.computeIfAbsent(namesAndValues[i], _ -> new ArrayList<>())
                    .add(new Source.Given(namesAndValues[i + 1], "--" + namesAndValues[i]));
        }
        return new Source(values, List.of());
    }

    /** A Linux host with a home, and with variables by name and value; it knows one other host, of both families. */
    public static Host host(Path home, String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of("HOME", home.toString(), "PATH", "/usr/bin"));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return new Host(environment, OperatingSystem.LINUX, Said::resolve, MAX_HEAP, EnumSet.allOf(Stack.class));
    }

    static Host host(String... variables) {
        return host(Path.of("/home/node"), variables);
    }

    /** The same, with a program that was built without the legacy stack. */
    static Host hostWithoutLegacy(String... variables) {
        Host host = host(variables);
        return new Host(host.environment(), host.system(), host.names(), host.maxHeap(), Set.of(Stack.LIBP2P));
    }

    /** What a node on regtest is told by these flags, and by what {@code host} has. */
    static NodeConfiguration regtest(Host host, String... namesAndValues) throws MisconfigurationException {
        return ConfigurationReader.read(
                host,
                flags(Stream.concat(Stream.of("network", "regtest"), Arrays.stream(namesAndValues))
                        .toArray(String[]::new)));
    }

    static NodeConfiguration regtest(String... namesAndValues) throws MisconfigurationException {
        return regtest(host(), namesAndValues);
    }

    /** What is wrong with these flags, and with what {@code host} has. */
    static List<String> problems(Host host, String... namesAndValues) {
        return catchThrowableOfType(MisconfigurationException.class, () -> regtest(host, namesAndValues))
                .problems();
    }

    static List<String> problems(String... namesAndValues) {
        return problems(host(), namesAndValues);
    }

    static List<IpAddress> resolve(String name) throws UnknownHostException {
        if (name.equals("peer.example")) {
            return List.of(ip("203.0.113.9"), ip("2001:db8::9"));
        }
        if (name.equals("four.example")) {
            return List.of(ip("203.0.113.4"));
        }
        throw new UnknownHostException(name);
    }

    static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
