package proteus.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import planted.application.util.LivesNowhere;
import planted.domain.mmr.TurnsInACircle;
import planted.domain.peer.KeepsStaticState;
import planted.domain.peer.PeerBase;
import planted.domain.peer.PeerCommon;
import planted.domain.peer.PeerHelper;
import planted.domain.peer.PeerImpl;
import planted.domain.peer.PeerManager;
import planted.domain.peer.PeerUtil;
import planted.domain.peer.PeerUtils;
import planted.elsewhere.LivesOutside;

/** What holds in every room: no circles, no empty names, no static state. */
final class ShapeWalls {

    private static final String EMPTY_NAME = ".*(Impl|Utils?|Manager|Helpers?|Common|Base)";

    private ShapeWalls() {}

    static List<Wall> all() {
        return List.of(
                Wall.of(
                        "packages do not depend on each other in a circle",
                        "",
                        tree -> slices().matching(tree.slices("(**)")).should().beFreeOfCycles(),
                        TurnsInACircle.class),
                Wall.of(
                        "every class lives in one of the rooms",
                        "",
                        tree -> classes()
                                .should()
                                .resideInAnyPackage(
                                        Tree.ROOMS.stream().map(tree::at).toArray(String[]::new)),
                        LivesOutside.class),
                Wall.of(
                        "a class is named after what it is, not Impl, Util, Manager, Helper, Common or Base",
                        "",
                        tree -> noClasses()
                                .that(DescribedPredicate.not(madeByDagger()))
                                .should()
                                .haveNameMatching(EMPTY_NAME),
                        PeerImpl.class,
                        PeerUtil.class,
                        PeerUtils.class,
                        PeerManager.class,
                        PeerHelper.class,
                        PeerCommon.class,
                        PeerBase.class),
                Wall.of(
                        "a package is named after what it is about, not after a pattern",
                        "",
                        tree -> noClasses()
                                .should()
                                .resideInAnyPackage(
                                        "..impl..",
                                        "..util..",
                                        "..utils..",
                                        "..common..",
                                        "..manager..",
                                        "..helper..",
                                        "..base.."),
                        LivesNowhere.class),
                Wall.of(
                        "nothing static changes but what computes Tip5, always the same",
                        "",
                        tree -> fields().that()
                                .areStatic()
                                .and()
                                .doNotHaveFullName(tree.root() + ".domain.hash.Tip5Permutation.kernel")
                                .should()
                                .beFinal(),
                        KeepsStaticState.class));
    }

    /** Dagger names its own classes as it likes. */
    private static DescribedPredicate<JavaClass> madeByDagger() {
        return DescribedPredicate.describe(
                "made by Dagger", type -> type.getName().contains(".Dagger"));
    }
}
