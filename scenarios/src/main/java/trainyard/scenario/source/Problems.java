package trainyard.scenario.source;

import java.util.ArrayList;
import java.util.List;

/** Collects problems, so that one run reports all of them. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

    public void add(Problem problem) {
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    public void add(Position position, Problem.Kind kind, String message, String hint, String... notes) {
        add(Problem.at(position, kind, message, hint, notes));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * Ends the run when something was found.
     *
     * @throws ScenarioException with all problems, if there are any
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ScenarioException(found);
        }
    }
}
