package trainyard.scheduler.workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The end of a stage of a trial.
 *
 * @param nanos when
 * @param stage which stage, from 0
 * @param trial of which trial, from 0
 */
record TrialStage(long nanos, int stage, int trial) {

    /** Those that were done, in the order of their ends; of equal ones the earlier stage, then the first trial. */
    static List<TrialStage> done(
            int stages, int trials, BiFunction<Integer, Integer, String> name, Map<String, Long> endNanos) {
        List<TrialStage> done = new ArrayList<>();
        for (int stage = 0; stage < stages; stage++) {
            for (int trial = 0; trial < trials; trial++) {
                Long end = endNanos.get(name.apply(trial, stage));
                if (end != null) {
                    done.add(new TrialStage(end, stage, trial));
                }
            }
        }
        done.sort(Comparator.comparingLong(TrialStage::nanos)
                .thenComparingInt(TrialStage::stage)
                .thenComparingInt(TrialStage::trial));
        return done;
    }
}
