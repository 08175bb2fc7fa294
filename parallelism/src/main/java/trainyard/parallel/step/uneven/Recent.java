package trainyard.parallel.step.uneven;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Answers to the questions that were asked last. Not thread-safe. */
final class Recent<Q, A> {

    private final int most;
    private final Map<Q, A> known = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param most how many answers it holds on to
     */
    Recent(int most) {
        this.most = most;
    }

    A of(Q question, Function<Q, A> answer) {
        A found = known.get(question);
        if (found == null) {
            found = answer.apply(question);
            known.put(question, found);
            if (known.size() > most) {
                known.remove(known.keySet().iterator().next());
            }
        }
        return found;
    }
}
