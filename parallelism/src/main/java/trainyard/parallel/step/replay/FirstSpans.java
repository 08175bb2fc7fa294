package trainyard.parallel.step.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import trainyard.parallel.step.cost.Span;

/** Of all bars that are told, in any order, those that start first. */
public final class FirstSpans implements Consumer<Span> {

    private static final Comparator<Span> BY_START = Comparator.comparingLong(Span::startNanos);

    private final int most;
    private List<Span> spans = new ArrayList<>();

    /**
     * @param most bars that are kept
     */
    public FirstSpans(int most) {
        this.most = most;
    }

    @Override
    public void accept(Span span) {
        if (spans.size() == 2 * most) {
            spans = new ArrayList<>(inOrder());
        }
        spans.add(span);
    }

    /** At most the first so many, in the order in which they start; those that start together as they were told. */
    public List<Span> inOrder() {
        return spans.stream().sorted(BY_START).limit(most).toList();
    }
}
