package proteus.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;

/**
 * One arrow, or missing arrow, of the architecture.
 *
 * @param name the rule as a sentence
 * @param subject the package below the root that the rule judges; while the project has no class there, the rule has
 *     nothing to say
 * @param rule the rule for a tree
 * @param offenders the planted classes that the rule must name
 */
record Wall(String name, String subject, Function<Tree, ArchRule> rule, List<Class<?>> offenders) {

    Wall {
        offenders = List.copyOf(offenders);
    }

    static Wall of(String name, String subject, Function<Tree, ArchRule> rule, Class<?>... offenders) {
        return new Wall(name, subject, rule, List.of(offenders));
    }

    ArchRule in(Tree tree) {
        return rule.apply(tree).as(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
