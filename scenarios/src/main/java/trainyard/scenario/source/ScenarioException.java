package trainyard.scenario.source;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown when input cannot be used; carries every problem found. */
public final class ScenarioException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ScenarioException(List<Problem> problems) {
        super(problems.stream().map(Problem::message).collect(Collectors.joining("; ")));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a scenario exception needs at least one problem");
        }
        this.problems = List.copyOf(problems);
    }

    public ScenarioException(Problem problem) {
        this(List.of(problem));
    }

    public List<Problem> problems() {
        return problems;
    }

    /** The exit code of the first problem. */
    public ExitCode exitCode() {
        return problems.get(0).kind().exitCode();
    }
}
