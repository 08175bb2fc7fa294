package trainyard.scenario.workload.sgd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.scenario.workload.Outcome;

/** What numbers of training leave easily unseen, in sentences without a final stop: runs that diverged, rates that are no optimum. */
public final class SgdRemarks {

    /** The label of a run that diverged: its first bad update, when, and what was seen. */
    static final String DIVERGED_AT = "diverged at";

    private SgdRemarks() {}

    /** Whether a run diverged, so that it has no loss. */
    public static boolean isDiverged(Outcome outcome) {
        return outcome.labels().containsKey(DIVERGED_AT);
    }

    /**
     * The remarks on one cell.
     *
     * @param outcomes its replications; none of them needs to be of training
     */
    public static List<String> of(List<Outcome> outcomes) {
        List<String> remarks = new ArrayList<>();
        List<String> diverged = outcomes.stream()
                .flatMap(outcome -> Optional.ofNullable(outcome.labels().get(DIVERGED_AT)).stream())
                .toList();
        if (!diverged.isEmpty()) {
            remarks.add(diverged.size() + " of " + outcomes.size() + (outcomes.size() == 1 ? " run" : " runs")
                    + " diverged, the first at " + diverged.get(0));
        }
        long gotThere = outcomes.stream()
                .filter(SgdRemarks::isDiverged)
                .filter(outcome -> outcome.value(SgdMetrics.TIME_TO_TARGET)
                        .filter(Double::isFinite)
                        .isPresent())
                .count();
        if (gotThere > 0) {
            remarks.add(gotThere + " of them reached the target before, and " + (gotThere == 1 ? "its time" : "their times")
                    + " to it count; this rate is not a safe one");
        }
        boolean isAtEdge = outcomes.stream()
                .anyMatch(outcome -> outcome.value(SgdMetrics.RATE_INSIDE)
                        .filter(inside -> inside == 0)
                        .isPresent());
        if (isAtEdge) {
            remarks.add("the best learning rate is an end of those that were tried; do not rank this rule by it");
        }
        return remarks;
    }
}
