package proteus.bootstrap.config;

import java.util.List;

/** What the operator wrote cannot be used. */
public final class MisconfigurationException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String[] problems;

    /** With one line for each thing that is wrong, at least one. */
    MisconfigurationException(List<String> problems) {
        super(problems.size() == 1 ? problems.getFirst() : text(problems));
        this.problems = problems.toArray(String[]::new);
    }

    private static String text(List<String> problems) {
        return problems.size() + " things are wrong:" + System.lineSeparator() + "  "
                + String.join(System.lineSeparator() + "  ", problems);
    }

    /** Each thing that is wrong, with where it was written. */
    public List<String> problems() {
        return List.of(problems);
    }
}
