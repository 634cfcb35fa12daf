package proteus.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The main sources of the modules below a folder.
 *
 * @param folder the folder that holds the modules
 */
record SourceTree(Path folder) {

    /** Where main sources are; the last two are one or the other by the profile, and only bootstrap has them. */
    private static final List<String> ROOTS = List.of("src/main/java", "src/legacy/java", "src/no-legacy/java");

    private static final Set<String> DECLARATIONS = Set.of("package-info.java", "module-info.java");

    /** The project's own sources, found from wherever below them the tests run. */
    static SourceTree ofTheProject() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("architecture-tests"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("the tests do not run inside the project");
            }
        }
        return new SourceTree(folder);
    }

    /** Whether a package, or one below it, has a source file that declares a class. */
    boolean hasClassesAt(String packageName) {
        return javaFolders().stream()
                .map(folder -> folder.resolve(packageName.replace('.', '/')))
                .filter(Files::isDirectory)
                .flatMap(SourceTree::javaFiles)
                .anyMatch(SourceTree::declaresClasses);
    }

    /** The folders of packages that have classes and no {@code package-info.java}, relative to the tree. */
    List<String> packagesWithoutDescription() {
        return javaFolders().stream()
                .flatMap(SourceTree::javaFiles)
                .filter(SourceTree::declaresClasses)
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .map(folder -> this.folder.relativize(folder).toString())
                .sorted()
                .toList();
    }

    /** The names of the modules that have main sources and no module descriptor. */
    List<String> modulesWithoutDescriptor() {
        return modules().stream()
                .filter(module -> !roots(module).isEmpty())
                .filter(module ->
                        roots(module).stream().noneMatch(root -> Files.exists(root.resolve("module-info.java"))))
                .map(module -> module.getFileName().toString())
                .sorted()
                .toList();
    }

    /** The lines of a file of the tree. */
    List<String> lines(String file) {
        try {
            return Files.readAllLines(folder.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<Path> javaFolders() {
        return modules().stream().flatMap(module -> roots(module).stream()).toList();
    }

    private static List<Path> roots(Path module) {
        return ROOTS.stream().map(module::resolve).filter(Files::isDirectory).toList();
    }

    private List<Path> modules() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean declaresClasses(Path file) {
        return !DECLARATIONS.contains(file.getFileName().toString());
    }
}
