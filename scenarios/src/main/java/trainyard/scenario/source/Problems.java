package trainyard.scenario.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Collects problems, so that one run reports all of them. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();
    private BiFunction<String, Node, List<String>> places = (key, value) -> List.of();

    public void add(Problem problem) {
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    public void add(Position position, Problem.Kind kind, String message, String hint, String... notes) {
        add(Problem.at(position, kind, message, hint, notes));
    }

    /**
     * Says what a key may belong in that stands where it means nothing.
     *
     * @param sections dotted paths of the sections that have such a key and take such a value there
     */
    public void within(BiFunction<String, Node, List<String>> sections) {
        places = sections;
    }

    /** The sections that have a key and take a value there; empty where nothing is known of them. */
    public List<String> places(String key, Node value) {
        return places.apply(key, value);
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
