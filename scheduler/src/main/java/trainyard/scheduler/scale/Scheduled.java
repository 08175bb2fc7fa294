package trainyard.scheduler.scale;

import java.util.List;

/**
 * As many nodes as a timetable says, whatever jobs want: nodes that are bought as a plan has it.
 *
 * @param steps at least one, each later than the one before
 */
public record Scheduled(List<Step> steps) implements ScalingRule {

    /**
     * A step of the timetable.
     *
     * @param fromNanos when it begins, 0 or more
     * @param nodes how many there are until the next, 0 or more
     */
    public record Step(long fromNanos, int nodes) {

        public Step {
            if (fromNanos < 0 || nodes < 0) {
                throw new IllegalArgumentException(
                        "a step has a time and nodes of 0 or more, got " + fromNanos + " ns and " + nodes);
            }
        }
    }

    public Scheduled {
        steps = List.copyOf(steps);
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).fromNanos() <= steps.get(i - 1).fromNanos()) {
                throw new IllegalArgumentException("step " + i + " does not begin after the one before");
            }
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a timetable has a step");
        }
    }

    /** None before the first step. */
    @Override
    public int nodes(Demand demand) {
        int nodes = 0;
        for (Step step : steps) {
            nodes = step.fromNanos() <= demand.nowNanos() ? step.nodes() : nodes;
        }
        return nodes;
    }
}
