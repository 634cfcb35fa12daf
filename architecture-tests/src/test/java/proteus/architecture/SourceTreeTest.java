package proteus.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {

    @Test
    void everyPackageOfTheProjectSaysWhatItIsFor() {
        assertThat(SourceTree.ofTheProject().packagesWithoutDescription()).isEmpty();
    }

    @Test
    void everyModuleOfTheProjectHasADescriptor() {
        assertThat(SourceTree.ofTheProject().modulesWithoutDescriptor()).isEmpty();
    }

    @Test
    void theProgramWithoutTheLegacyStackDiffersByTheOneModule() {
        List<String> with =
                new ArrayList<>(SourceTree.ofTheProject().lines("bootstrap/src/legacy/java/module-info.java"));
        List<String> without = SourceTree.ofTheProject().lines("bootstrap/src/no-legacy/java/module-info.java");

        assertThat(with.remove("    requires " + ModuleWalls.nameOf(Tree.LEGACY_ROOM) + ";"))
                .isTrue();
        assertThat(without).isEqualTo(with);
    }

    @Test
    void aPackageThatDoesNotIsCaught(@TempDir Path folder) throws IOException {
        write(folder.resolve("domain/src/main/java/proteus/domain/hash/package-info.java"));
        write(folder.resolve("domain/src/main/java/proteus/domain/hash/Digest.java"));
        write(folder.resolve("domain/src/main/java/proteus/domain/field/Field.java"));

        assertThat(new SourceTree(folder).packagesWithoutDescription())
                .containsExactly("domain/src/main/java/proteus/domain/field");
    }

    @Test
    void aModuleWithoutADescriptorIsCaught(@TempDir Path folder) throws IOException {
        write(folder.resolve("domain/src/main/java/module-info.java"));
        write(folder.resolve("application/src/main/java/proteus/application/Use.java"));
        write(folder.resolve("program/src/main/java/proteus/program/Main.java"));
        write(folder.resolve("program/src/no-legacy/java/module-info.java"));

        assertThat(new SourceTree(folder).modulesWithoutDescriptor()).containsExactly("application");
    }

    @Test
    void aPackageWithADescriptionAloneHasNoClasses(@TempDir Path folder) throws IOException {
        write(folder.resolve("rpc/src/main/java/proteus/adapters/rpc/package-info.java"));
        write(folder.resolve("store/src/main/java/proteus/adapters/store/table/Table.java"));

        SourceTree tree = new SourceTree(folder);
        assertThat(tree.hasClassesAt("proteus.adapters.rpc")).isFalse();
        assertThat(tree.hasClassesAt("proteus.adapters.store")).isTrue();
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }
}
