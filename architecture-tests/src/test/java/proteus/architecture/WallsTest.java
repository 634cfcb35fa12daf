package proteus.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wall stands in the project, and every wall catches what is planted against it. */
class WallsTest {

    /** The class that a line of a violation is about: the first that it names. */
    private static final Pattern ORIGIN = Pattern.compile("^[^<]*<(planted\\.[\\w.$]+)", Pattern.MULTILINE);

    private static JavaClasses project;
    private static JavaClasses planted;

    @BeforeAll
    static void importTheClasses() {
        project = Tree.PROTEUS.classes();
        planted = Tree.PLANTED.classes();
    }

    static List<Wall> walls() {
        List<Wall> all = new ArrayList<>();
        all.addAll(DomainWalls.all());
        all.addAll(ApplicationWalls.all());
        all.addAll(AdapterWalls.all());
        all.addAll(AssemblyWalls.all());
        all.addAll(ShapeWalls.all());
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("walls")
    void theProjectKeeps(Wall wall) {
        if (!Tree.PROTEUS.hasClassesAt(wall.subject(), project)) {
            abort("nothing lives in " + wall.subject() + " yet");
        }
        wall.in(Tree.PROTEUS).check(project);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("walls")
    void whatIsPlantedAgainstItIsCaught(Wall wall) {
        List<String> report =
                wall.in(Tree.PLANTED).evaluate(planted).getFailureReport().getDetails();

        assertThat(wall.offenders()).isNotEmpty();
        for (Class<?> offender : wall.offenders()) {
            assertThat(report).anySatisfy(line -> assertThat(line).contains(offender.getName()));
        }
        assertThat(originsOf(report)).noneMatch(origin -> origin.contains(".Innocent"));
    }

    @Test
    void everyRoomWithSourcesIsSeenByTheWalls() {
        for (String room : Tree.ROOMS) {
            boolean hasSources = ModuleWalls.builtRooms().contains(room)
                    && SourceTree.ofTheProject().hasClassesAt(ModuleWalls.nameOf(room));
            assertThat(Tree.PROTEUS.hasClassesAt(room, project))
                    .as("classes of %s were imported", room)
                    .isEqualTo(hasSources);
        }
    }

    @Test
    void theEngineIsWhereItsWallStands() {
        if (!Tree.PROTEUS.hasClassesAt("adapters.libp2p", project)) {
            abort("nothing lives in adapters.libp2p yet");
        }
        assertThat(Tree.PROTEUS.hasClassesAt("adapters.libp2p.engine", project)).isTrue();
    }

    private static List<String> originsOf(List<String> report) {
        List<String> origins = new ArrayList<>();
        for (String violation : report) {
            Matcher matcher = ORIGIN.matcher(violation);
            while (matcher.find()) {
                origins.add(matcher.group(1));
            }
        }
        return origins;
    }
}
