package trainyard.scenario.solving;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import trainyard.scenario.study.Ties;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.Metric;

/**
 * What the search found.
 *
 * @param question what was asked
 * @param tried every value that was simulated, in the order of the values
 * @param answer the value that meets the target; empty where none does
 * @param beyond the next value that can run, which does not meet it; empty where the answer stands at an end of the range
 */
public record Solution(SolveQuestion question, List<Trial> tried, Optional<Trial> answer, Optional<Trial> beyond) {

    private static final int MOST_DECIMALS = 4;

    public Solution {
        tried = List.copyOf(tried);
    }

    /** The values that can run, in order. */
    public List<Trial> feasible() {
        return tried.stream().filter(Trial::isFeasible).toList();
    }

    /** The value that misses the target by least, the first of those that miss it alike; empty where none has the metric. */
    public Optional<Trial> nearest() {
        return nearest(tried);
    }

    static Optional<Trial> nearest(List<Trial> trials) {
        return trials.stream()
                .filter(trial -> trial.missedBy().isPresent())
                .min(Comparator.comparingDouble(trial -> trial.missedBy().get()));
    }

    /** What the nearest value came to, in enough digits to differ from the target. */
    private String foundNearest(Trial nearest) {
        Metric metric = question.metric();
        Optional<Double> value = nearest.result().mean(metric);
        return nearest.found(metric, decimals(value, question.bound())) + doubt(nearest);
    }

    /** Whether the replications leave open on which side of the target a value is: the target lies in its interval. */
    public boolean isOpen(Trial trial) {
        Metric metric = question.metric();
        Optional<Double> bound = question.bound();
        return bound.isPresent()
                && trial.estimate(metric)
                        .filter(estimate -> !estimate.isExact()
                                && estimate.low() <= metric.inUnit(bound.get())
                                && metric.inUnit(bound.get()) <= estimate.high())
                        .isPresent();
    }

    private String doubt(Trial trial) {
        return isOpen(trial) ? ", an interval that contains the target" : "";
    }

    /** How many values cannot run, with what the first of them lacks; empty where all can. */
    public Optional<String> cannotRun() {
        List<Trial> cannot = tried.stream().filter(trial -> !trial.isFeasible()).toList();
        return cannot.stream()
                .filter(trial -> trial.result().isFinished())
                .findFirst()
                .map(first -> cannot.size() + " of them cannot run, such as " + first.name()
                        + first.result()
                                .first()
                                .flatMap(Outcome::infeasible)
                                .map(problem -> ": " + problem.message())
                                .orElse(""));
    }

    /** Whether all values on one side of the answer meet the target and all on the other do not, as far as they were tried. */
    public boolean isMonotone() {
        return changes().size() <= 1;
    }

    /** Names of the neighbours among those tried between which the target begins or ceases to hold. */
    public List<String> changes() {
        List<Trial> feasible = feasible();
        List<String> changes = new ArrayList<>();
        for (int i = 1; i < feasible.size(); i++) {
            Trial before = feasible.get(i - 1);
            Trial after = feasible.get(i);
            if (before.meets() != after.meets()) {
                changes.add(before.name()
                        + (before.meets() ? " meets it, " : " does not, ")
                        + after.name()
                        + (after.meets() ? " meets it" : " does not"));
            }
        }
        return changes;
    }

    /** {@code smallest} or {@code largest}; empty where every value meets the target, or none. */
    public String kind() {
        if (answer.isEmpty() || beyond.isEmpty()) {
            return "";
        }
        return beyond.get().index() < answer.get().index() ? "smallest" : "largest";
    }

    /** The answer in one sentence without a final stop. */
    public String sentence() {
        String path = question.path();
        String target = question.target().text();
        if (answer.isEmpty()) {
            return "None of the " + feasible().size() + " values of " + path + " that were tried from "
                    + question.domain().format(0) + " to "
                    + question.domain().format(question.domain().size() - 1) + " meets " + target
                    + nearest()
                            .map(trial -> "; " + trial.name() + " comes nearest: " + foundNearest(trial))
                            .orElse("");
        }
        Trial found = answer.get();
        if (beyond.isEmpty()) {
            return "Every value of " + path + " that was tried meets " + target + "; the first is " + found.name();
        }
        Trial next = beyond.get();
        return "The " + kind() + " " + path + " that meets " + target + " is " + found.name() + ": " + foundAnswer()
                + "; " + next.name() + " does not: " + foundBeyond();
    }

    /** What the answer came to, in enough digits to differ from the next value. */
    public String foundAnswer() {
        return answer.orElseThrow().found(question.metric(), decimals()) + doubt(answer.get());
    }

    /** What the next value came to, and whether the replications can tell it from the answer. */
    public String foundBeyond() {
        return beyond.orElseThrow().found(question.metric(), decimals())
                + doubt(beyond.get())
                + (isTie() ? ", " + Ties.NO_DIFFERENCE : "");
    }

    /** Whether answer and next value differ by no more than the luck of the replications. */
    public boolean isTie() {
        return answer.isPresent()
                && beyond.isPresent()
                && !Ties.with(answer.get().result(), List.of(beyond.get().result()), question.metric())
                        .isEmpty();
    }

    private int decimals() {
        Metric metric = question.metric();
        return decimals(
                answer.flatMap(trial -> trial.result().mean(metric)),
                beyond.flatMap(trial -> trial.result().mean(metric)));
    }

    private int decimals(Optional<Double> one, Optional<Double> other) {
        Metric metric = question.metric();
        String bound = question.target().bound();
        int decimals = 1;
        while (one.isPresent()
                && other.isPresent()
                && decimals < MOST_DECIMALS
                && Trial.text(metric, one.get(), bound, decimals)
                        .equals(Trial.text(metric, other.get(), bound, decimals))) {
            decimals++;
        }
        return decimals;
    }
}
