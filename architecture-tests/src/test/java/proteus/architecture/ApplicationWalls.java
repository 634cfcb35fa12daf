package proteus.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import planted.application.port.DoesThePortsWork;
import planted.application.relay.AsksTheTime;
import planted.application.relay.ParsesJson;
import planted.application.sync.IsInjected;
import planted.application.sync.KnowsAnAdapter;
import planted.application.sync.OpensAFile;
import planted.application.sync.OpensASocket;
import planted.application.sync.OpensRocksDb;
import planted.application.sync.UsesNetty;

/** The walls around the application: it decides, and reaches the world through ports. */
final class ApplicationWalls {

    private ApplicationWalls() {}

    static List<Wall> all() {
        return List.of(
                Wall.of(
                        "the application depends on itself, the domain, java.base and Jackson's streaming core only",
                        "application",
                        tree -> classes()
                                .that()
                                .resideInAPackage(tree.at("application"))
                                .should()
                                .onlyDependOnClassesThat(Library.javaBase()
                                        .or(Library.inPackages(
                                                tree.root() + ".application",
                                                tree.root() + ".domain",
                                                "org.jspecify.annotations",
                                                "tools.jackson.core"))),
                        UsesNetty.class,
                        OpensRocksDb.class,
                        IsInjected.class,
                        KnowsAnAdapter.class),
                Wall.of(
                        "the application uses Jackson in package wire.json only",
                        "application",
                        tree -> noClasses()
                                .that()
                                .resideInAPackage(tree.at("application"))
                                .and()
                                .resideOutsideOfPackage(tree.at("application.wire.json"))
                                .should()
                                .dependOnClassesThat(Library.inPackages("tools.jackson", "com.fasterxml.jackson")),
                        ParsesJson.class),
                Wall.of(
                        "the application knows neither files nor sockets",
                        "application",
                        tree -> noClasses()
                                .that()
                                .resideInAPackage(tree.at("application"))
                                .should()
                                .dependOnClassesThat(Library.filesOrSockets()),
                        OpensAFile.class,
                        OpensASocket.class),
                Wall.of(
                        "the application looks at the clock in package runtime only, behind the time port",
                        "application",
                        tree -> noClasses()
                                .that()
                                .resideInAPackage(tree.at("application"))
                                .and()
                                .resideOutsideOfPackage(tree.at("application.runtime"))
                                .should()
                                .accessTargetWhere(Library.theClock()),
                        AsksTheTime.class),
                Wall.of(
                        "a port is an interface, or a value that one takes, gives or throws",
                        "application.port",
                        tree -> classes()
                                .that()
                                .resideInAPackage(tree.at("application.port"))
                                .should(bePortsOrTheirValues()),
                        DoesThePortsWork.class));
    }

    /** Classes without behaviour to speak of: what a port's method takes, gives or throws. */
    private static ArchCondition<JavaClass> bePortsOrTheirValues() {
        DescribedPredicate<JavaClass> allowed = DescribedPredicate.describe(
                "interface, record, enum or exception",
                type -> type.isInterface()
                        || type.isRecord()
                        || type.isEnum()
                        || type.isAssignableTo(Exception.class)
                        // What the compiler makes: bodies of enum constants, and the tables behind a switch over one.
                        || type.isAnonymousClass()
                        || type.getModifiers().contains(JavaModifier.SYNTHETIC));
        return new ArchCondition<>("be an interface, record, enum or exception") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!allowed.test(type)) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is none of these"));
                }
            }
        };
    }
}
