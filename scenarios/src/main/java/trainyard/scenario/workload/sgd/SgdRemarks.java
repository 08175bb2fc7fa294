package trainyard.scenario.workload.sgd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.scenario.workload.Outcome;

/**
 * What numbers of training leave easily unseen, in sentences without a final stop: runs that diverged, rates that are no optimum,
 * machines that were measured badly.
 */
public final class SgdRemarks {

    /** The label of a run that diverged: its first bad update, when, and what was seen. */
    static final String DIVERGED_AT = "diverged at";

    /** The label of a run that did not get to its target: which loss, within which time. */
    static final String NOT_REACHED = "not reached";

    /** The label of a run that is at its target before anything is learned: which loss. */
    static final String REACHED_AT_ONCE = "reached at once";

    /** The label of a run that reached its target and ended above it: which loss. */
    static final String ENDED_ABOVE = "ended above";

    /** The label of times that come from a profile which misses what was held out: by how much. */
    static final String DOUBT = "doubt";

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
        remark(outcomes, DIVERGED_AT, "diverged, the first at").ifPresent(remarks::add);
        long gotThere = outcomes.stream()
                .filter(SgdRemarks::isDiverged)
                .filter(outcome -> outcome.value(SgdMetrics.TIME_TO_TARGET)
                        .filter(Double::isFinite)
                        .isPresent())
                .count();
        if (gotThere > 0) {
            remarks.add(gotThere + " of those that diverged reached the target before, and "
                    + (gotThere == 1 ? "its time" : "their times") + " to it count; this rate is not a safe one");
        }
        remark(outcomes, NOT_REACHED, "did not get to").ifPresent(remarks::add);
        remark(outcomes, REACHED_AT_ONCE, "started below").ifPresent(remarks::add);
        remark(outcomes, ENDED_ABOVE, "ended above").ifPresent(remarks::add);
        outcomes.stream()
                .limit(1)
                .flatMap(outcome -> Optional.ofNullable(outcome.labels().get(DOUBT)).stream())
                .forEach(remarks::add);
        boolean isAtEdge = outcomes.stream()
                .anyMatch(outcome -> outcome.value(SgdMetrics.RATE_INSIDE)
                        .filter(inside -> inside == 0)
                        .isPresent());
        if (isAtEdge) {
            remarks.add("the best learning rate is an end of those that were tried; do not rank this rule by it");
        }
        return remarks;
    }

    private static Optional<String> remark(List<Outcome> outcomes, String label, String what) {
        List<String> found = outcomes.stream()
                .flatMap(outcome -> Optional.ofNullable(outcome.labels().get(label)).stream())
                .toList();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(found.size() + " of " + outcomes.size() + (outcomes.size() == 1 ? " run " : " runs ")
                        + what + " " + found.get(0));
    }
}
