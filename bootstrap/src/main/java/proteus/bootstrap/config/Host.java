package proteus.bootstrap.config;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import proteus.application.port.Stack;
import proteus.bootstrap.legacy.LegacyStack;

/**
 * What a configuration depends on beside what the operator writes.
 *
 * @param environment the environment variables
 * @param system the operating system, which decides where data directories are
 * @param names how names of peers become addresses
 * @param maxHeap the most bytes of heap that Java may take
 * @param stacks those that this program is built with
 */
public record Host(
        Map<String, String> environment, OperatingSystem system, NameResolver names, long maxHeap, Set<Stack> stacks) {

    public Host {
        environment = Map.copyOf(environment);
        stacks = Set.copyOf(stacks);
    }

    /** The process that this runs in. */
    public static Host ofThisProcess() {
        return new Host(
                System.getenv(),
                OperatingSystem.named(System.getProperty("os.name", "")),
                NameResolver.ofSystem(),
                Runtime.getRuntime().maxMemory(),
                LegacyStack.isBuilt() ? EnumSet.allOf(Stack.class) : Set.of(Stack.LIBP2P));
    }

    /** The value of an environment variable; an empty one counts as absent. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** The operating systems that keep data in different places. */
    public enum OperatingSystem {
        /** Linux, and every other Unix but macOS. */
        LINUX,
        /** macOS. */
        MACOS,
        /** Windows. */
        WINDOWS;

        /** The one that Java's property {@code os.name} means. */
        static OperatingSystem named(String osName) {
            String name = osName.toLowerCase(Locale.ROOT);
            if (name.startsWith("windows")) {
                return WINDOWS;
            }
            return name.startsWith("mac") ? MACOS : LINUX;
        }
    }
}
