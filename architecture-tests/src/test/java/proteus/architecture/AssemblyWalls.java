package proteus.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.List;
import planted.adapters.legacytcp.AsksTheAssembler;
import planted.adapters.persistence.AssemblesItself;
import planted.adapters.persistence.ChoosesTheLog;
import planted.adapters.rpc.EndsTheProcess;
import planted.adapters.rpc.PrintsToTheTerminal;
import planted.adapters.rpc.SerialisesItself;
import planted.bootstrap.ChoosesTheHash;
import planted.bootstrap.NamesTheLegacyAdapter;

/** The walls around the one room that assembles the program. */
final class AssemblyWalls {

    private AssemblyWalls() {}

    static List<Wall> all() {
        return List.of(
                Wall.of(
                        "nobody depends on bootstrap",
                        "",
                        tree -> outsideBootstrap(tree)
                                .should()
                                .dependOnClassesThat(Library.inPackages(tree.root() + ".bootstrap")),
                        AsksTheAssembler.class),
                Wall.of(
                        "only the one package of bootstrap that goes with it names the legacy adapter",
                        "bootstrap",
                        tree -> noClasses()
                                .that()
                                .resideInAPackage(tree.root() + "..")
                                .and()
                                .resideOutsideOfPackages(tree.at(Tree.LEGACY_ROOM), tree.at("bootstrap.legacy"))
                                .should()
                                .dependOnClassesThat(Library.inPackages(tree.root() + "." + Tree.LEGACY_ROOM)),
                        NamesTheLegacyAdapter.class),
                Wall.of(
                        "only the one package of bootstrap for it changes what computes Tip5, or takes what Java calls incubating",
                        "bootstrap",
                        tree -> noClasses()
                                .that()
                                .resideInAPackage(tree.root() + "..")
                                .and()
                                .resideOutsideOfPackage(tree.at("bootstrap.vector"))
                                .should()
                                .accessTargetWhere(DescribedPredicate.describe(
                                        "accelerates Tip5",
                                        access -> access.getTarget()
                                                .getFullName()
                                                .startsWith(tree.root() + ".domain.hash.Tip5.accelerate(")))
                                .orShould()
                                .dependOnClassesThat(Library.inPackages("jdk.incubator")),
                        ChoosesTheHash.class),
                Wall.of(
                        "only bootstrap assembles: nobody else knows Dagger or injection",
                        "",
                        tree -> outsideBootstrap(tree)
                                .should()
                                .dependOnClassesThat(Library.inPackages("dagger", "jakarta.inject", "javax.inject")),
                        AssemblesItself.class),
                Wall.of(
                        "only bootstrap may know what writes the log",
                        "",
                        tree -> outsideBootstrap(tree)
                                .should()
                                .dependOnClassesThat(
                                        Library.inPackages("org.slf4j", "ch.qos.logback", "java.util.logging")),
                        ChoosesTheLog.class),
                Wall.of(
                        "only bootstrap owns the process: its streams, its properties, its end",
                        "",
                        tree -> outsideBootstrap(tree).should().accessTargetWhere(Library.theProcess()),
                        EndsTheProcess.class,
                        PrintsToTheTerminal.class),
                Wall.of(
                        "nobody uses Java serialisation",
                        "",
                        tree -> noClasses()
                                .that()
                                .resideInAPackage(tree.root() + "..")
                                .should()
                                .dependOnClassesThat(Library.named(
                                        "java.io.ObjectInputStream",
                                        "java.io.ObjectOutputStream",
                                        "java.io.Externalizable")),
                        SerialisesItself.class));
    }

    private static GivenClassesConjunction outsideBootstrap(Tree tree) {
        return noClasses()
                .that()
                .resideInAPackage(tree.root() + "..")
                .and()
                .resideOutsideOfPackage(tree.at("bootstrap"));
    }
}
