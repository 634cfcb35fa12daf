package proteus.architecture;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The same arrows a second time, as the module descriptors hold them. */
final class ModuleWalls {

    static final String DOMAIN = "proteus.domain";
    static final String APPLICATION = "proteus.application";
    static final String BOOTSTRAP = "proteus.bootstrap";

    /** All that a strict module may require. */
    private static final Map<String, Set<String>> STRICT = Map.of(
            DOMAIN, Set.of("java.base", "org.jspecify"),
            APPLICATION, Set.of("java.base", "org.jspecify", DOMAIN, "tools.jackson.core"));

    private ModuleWalls() {}

    /** The rooms of this build: all, but for the legacy one if the program does not require it. */
    static List<String> builtRooms() {
        boolean legacy = Descriptors.ofTheProject().stream()
                .filter(module -> module.name().equals(BOOTSTRAP))
                .flatMap(module -> module.requires().stream())
                .anyMatch(required -> required.name().equals(nameOf(Tree.LEGACY_ROOM)));
        return Tree.ROOMS.stream()
                .filter(room -> legacy || !room.equals(Tree.LEGACY_ROOM))
                .toList();
    }

    /** The name of the module that is a room. */
    static String nameOf(String room) {
        return "proteus." + room;
    }

    /** What is wrong with one module's descriptor; nothing, when it keeps the walls. */
    static List<String> faultsOf(ModuleDescriptor module) {
        List<String> faults = new ArrayList<>();
        for (Requires required : module.requires()) {
            if (!mayRequire(module.name(), required.name())) {
                faults.add(module.name() + " requires " + required.name());
            }
        }
        if (STRICT.containsKey(module.name())
                && (module.isOpen() || !module.opens().isEmpty())) {
            faults.add(module.name() + " opens itself to reflection");
        }
        if (module.name().equals(BOOTSTRAP) && !module.exports().isEmpty()) {
            faults.add(module.name() + " exports packages, and nobody may use them");
        }
        return faults;
    }

    private static boolean mayRequire(String module, String required) {
        if (STRICT.containsKey(module)) {
            return STRICT.get(module).contains(required);
        }
        boolean isOurs = required.startsWith("proteus.");
        return module.equals(BOOTSTRAP) || !isOurs || required.equals(DOMAIN) || required.equals(APPLICATION);
    }
}
