package proteus.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import planted.adapters.legacytcp.AsksAnotherAdapter;
import planted.adapters.libp2p.engine.KnowsNeptune;
import planted.adapters.libp2p.engine.KnowsTheUseCases;
import planted.adapters.libp2p.engine.noise.KnowsItsUser;

/** The walls between the adapters, and the one inside the libp2p adapter. */
final class AdapterWalls {

    private AdapterWalls() {}

    static List<Wall> all() {
        return List.of(
                Wall.of(
                        "adapters do not see each other",
                        "adapters",
                        tree -> slices().matching(tree.slices("adapters.(*).."))
                                .should()
                                .notDependOnEachOther(),
                        AsksAnotherAdapter.class),
                Wall.of(
                        "the libp2p engine knows nothing of Neptune",
                        "adapters.libp2p.engine",
                        tree -> noClasses()
                                .that()
                                .resideInAPackage(tree.at("adapters.libp2p.engine"))
                                .should()
                                .dependOnClassesThat(everythingOfOursBut(tree, "adapters.libp2p.engine")),
                        KnowsNeptune.class,
                        KnowsTheUseCases.class,
                        KnowsItsUser.class));
    }

    private static DescribedPredicate<JavaClass> everythingOfOursBut(Tree tree, String path) {
        return Library.inPackages(tree.root())
                .and(DescribedPredicate.not(Library.inPackages(tree.root() + "." + path)));
    }
}
