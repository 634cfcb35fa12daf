package proteus.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/**
 * A tree of packages that is laid out as the project is. Every wall is written for any such tree, so that the rule that
 * judges the project is the very object that has to catch the planted violations.
 *
 * @param root the package at the top
 */
record Tree(String root) {

    /** The project. */
    static final Tree PROTEUS = new Tree("proteus");

    /** Classes that break one wall each, and innocent ones beside them. */
    static final Tree PLANTED = new Tree("planted");

    /** The room that a build of the profile no-legacy leaves out. */
    static final String LEGACY_ROOM = "adapters.legacytcp";

    /** The rooms below the root, by the package that is theirs. */
    static final List<String> ROOMS = List.of(
            "domain",
            "application",
            LEGACY_ROOM,
            "adapters.libp2p",
            "adapters.persistence",
            "adapters.rpc",
            "bootstrap");

    /** A pattern for the package at a path below the root and all below it. */
    String at(String path) {
        return root + "." + path + "..";
    }

    /** A pattern whose slices are the packages, or groups of packages, at a path below the root. */
    String slices(String path) {
        return root + "." + path;
    }

    /**
     * The compiled classes of this tree; of the project only the main ones. Compiled package descriptions stay out: they
     * are classes to ArchUnit, and a rule about a package with nothing else in it would pass for having judged them.
     */
    JavaClasses classes() {
        ClassFileImporter importer =
                new ClassFileImporter().withImportOption(location -> !location.contains("package-info.class"));
        if (equals(PROTEUS)) {
            // The second for the folder of the profile no-legacy, which the first does not know.
            importer = importer.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .withImportOption(location -> !location.contains("/test-classes/"));
        }
        return importer.importPackages(root);
    }

    /** Whether any of the classes lives at a path below the root; an empty path is the root itself. */
    boolean hasClassesAt(String path, JavaClasses classes) {
        String start = path.isEmpty() ? root + "." : root + "." + path + ".";
        return classes.stream().anyMatch(type -> (type.getPackageName() + ".").startsWith(start));
    }
}
