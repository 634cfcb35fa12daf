package proteus.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.List;
import planted.domain.block.StartsAThread;
import planted.domain.block.UsesALibrary;
import planted.domain.block.WaitsInParallel;
import planted.domain.hash.ReadsAFile;
import planted.domain.hash.ReadsTheClock;
import planted.domain.peer.KnowsTheApplication;
import planted.domain.peer.Logs;
import planted.domain.peer.TakesANewInstant;

/** The walls around the domain: it is pure. */
final class DomainWalls {

    private DomainWalls() {}

    static List<Wall> all() {
        return List.of(
                Wall.of(
                        "the domain depends on itself and on the pure parts of java.base only",
                        "domain",
                        tree -> classes()
                                .that()
                                .resideInAPackage(tree.at("domain"))
                                .should()
                                .onlyDependOnClassesThat(Library.pureJava()
                                        .or(Library.inPackages(tree.root() + ".domain", "org.jspecify.annotations"))),
                        UsesALibrary.class,
                        ReadsAFile.class,
                        StartsAThread.class,
                        KnowsTheApplication.class,
                        Logs.class),
                Wall.of(
                        "the domain does not look at the clock",
                        "domain",
                        tree -> noClasses()
                                .that()
                                .resideInAPackage(tree.at("domain"))
                                .should()
                                .accessTargetWhere(Library.theClock()),
                        ReadsTheClock.class,
                        TakesANewInstant.class),
                Wall.of(
                        "the domain does not touch the process, draw lots or use other threads",
                        "domain",
                        tree -> noClasses()
                                .that()
                                .resideInAPackage(tree.at("domain"))
                                .should()
                                .accessTargetWhere(Library.theWorldOutside()),
                        WaitsInParallel.class,
                        Logs.class));
    }
}
