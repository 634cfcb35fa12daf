package proteus.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModuleWallsTest {

    @Test
    void everyRoomIsAModuleOfItsOwn() throws IOException {
        assertThat(ourModules())
                .extracting(ModuleDescriptor::name)
                .containsExactlyInAnyOrderElementsOf(
                        Tree.ROOMS.stream().map(room -> "proteus." + room).toList());
    }

    @Test
    void everyModuleOfTheProjectKeepsTheWalls() throws IOException {
        assertThat(ourModules())
                .allSatisfy(module -> assertThat(ModuleWalls.faultsOf(module)).isEmpty());
    }

    static List<ModuleDescriptor> offenders() {
        return List.of(
                ModuleDescriptor.newModule(ModuleWalls.DOMAIN)
                        .requires("java.net.http")
                        .build(),
                ModuleDescriptor.newModule(ModuleWalls.DOMAIN)
                        .requires(ModuleWalls.APPLICATION)
                        .build(),
                ModuleDescriptor.newModule(ModuleWalls.DOMAIN)
                        .packages(Set.of("proteus.domain.block"))
                        .opens("proteus.domain.block")
                        .build(),
                ModuleDescriptor.newModule(ModuleWalls.APPLICATION)
                        .requires("io.netty.common")
                        .build(),
                ModuleDescriptor.newOpenModule(ModuleWalls.APPLICATION).build(),
                ModuleDescriptor.newModule("proteus.adapters.rpc")
                        .requires("proteus.adapters.persistence")
                        .build(),
                ModuleDescriptor.newModule("proteus.adapters.rpc")
                        .requires(ModuleWalls.BOOTSTRAP)
                        .build(),
                ModuleDescriptor.newModule(ModuleWalls.BOOTSTRAP)
                        .packages(Set.of("proteus.bootstrap"))
                        .exports("proteus.bootstrap")
                        .build());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("offenders")
    void aModuleThatBreaksOneIsCaught(ModuleDescriptor offender) {
        assertThat(ModuleWalls.faultsOf(offender)).hasSize(1);
    }

    /** Every descriptor on the class path that is ours; the contract suites are tests, and have none. */
    private static List<ModuleDescriptor> ourModules() throws IOException {
        List<ModuleDescriptor> found = new ArrayList<>();
        for (URL file : Collections.list(ModuleWallsTest.class.getClassLoader().getResources("module-info.class"))) {
            try (InputStream stream = file.openStream()) {
                ModuleDescriptor module = ModuleDescriptor.read(stream);
                if (module.name().startsWith("proteus.")) {
                    found.add(module);
                }
            }
        }
        return found;
    }
}
