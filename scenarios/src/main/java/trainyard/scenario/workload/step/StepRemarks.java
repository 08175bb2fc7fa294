package trainyard.scenario.workload.step;

import java.util.List;
import trainyard.scenario.workload.Outcome;

/** What the numbers of a step leave easily unseen, in sentences without a final stop: GPUs that the plan leaves idle. */
public final class StepRemarks {

    private StepRemarks() {}

    /**
     * The remarks on one cell.
     *
     * @param outcomes its replications; none of them needs to be of a training job
     */
    public static List<String> of(List<Outcome> outcomes) {
        return outcomes.stream()
                .limit(1)
                .map(outcome -> outcome.labels().getOrDefault(StepWorkload.IDLE, ""))
                .filter(words -> !words.isEmpty())
                .toList();
    }
}
