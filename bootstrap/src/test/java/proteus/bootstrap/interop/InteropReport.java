package proteus.bootstrap.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * Writes what the tests saw into the generated part of {@code docs/interop.md}: a row for each test, with the date and
 * the commit of its latest run. Rows of tests that did not run stay as they are.
 */
final class InteropReport implements BeforeEachCallback, AfterTestExecutionCallback, ParameterResolver {

    private static final GeneratedTable TABLE = new GeneratedTable(
            "the profile interop-real", List.of("Scenario", "Seen", "Result", "Versions", "Date, commit"));
    private static final Namespace NAMESPACE = Namespace.create(InteropReport.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put(Seen.class, new Seen());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Seen.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return seen(context);
    }

    private static Seen seen(ExtensionContext context) {
        return Objects.requireNonNull(context.getStore(NAMESPACE).get(Seen.class, Seen.class));
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Seen seen = seen(context);
        String result = context.getExecutionException()
                .map(failure -> failure instanceof TestAbortedException ? "not run" : "**failed**")
                .orElse("passed");
        String text = seen.text()
                + context.getExecutionException()
                        .map(failure -> (seen.text().isEmpty() ? "" : "; ") + firstLine(failure))
                        .orElse("");
        String name = sentence(context.getRequiredTestMethod().getName());
        try {
            TABLE.put(List.of(name, text, result, seen.versions(), GeneratedTable.dateAndCommit()));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the table of " + name, failure);
        }
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no message");
    }

    /** {@code aNodeDials} is "A node dials". */
    private static String sentence(String method) {
        String words = method.replaceAll("([A-Z])", " $1")
                .toLowerCase(Locale.ROOT)
                .replace("proteus", "Proteus")
                .replace("neptune cli", "neptune-cli");
        return words.startsWith("neptune-cli") ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
