package trainyard.scenario.workload.step;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import trainyard.scenario.workload.Outcome;

/**
 * What the numbers of a step leave easily unseen, in sentences without a final stop: GPUs that the plan leaves idle,
 * software of which no run of the kind was compared, and settings that do other than expected.
 */
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
                .map(Outcome::labels)
                .flatMap(labels -> Stream.of(
                                StepWorkload.IDLE,
                                StepWorkload.UNCOMPARED,
                                QuietSettings.UNMET_UPLINKS,
                                QuietSettings.SUMS_IN_PASSES)
                        .map(labels::get))
                .filter(Objects::nonNull)
                .toList();
    }
}
