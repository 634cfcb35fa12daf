package proteus.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModuleWallsTest {

    @Test
    void everyRoomIsAModuleOfItsOwn() {
        assertThat(Descriptors.ofTheProject())
                .extracting(ModuleDescriptor::name)
                .containsExactlyInAnyOrderElementsOf(ModuleWalls.builtRooms().stream()
                        .map(ModuleWalls::nameOf)
                        .toList());
    }

    @Test
    void everyModuleOfTheProjectKeepsTheWalls() {
        assertThat(Descriptors.ofTheProject())
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
}
