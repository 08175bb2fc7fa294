package trainyard.parallel.step.price;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.memory.MemoryEstimate;
import trainyard.parallel.memory.MemoryModel;
import trainyard.parallel.step.cost.StageTime;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.Terms;
import trainyard.parallel.step.cost.TimeState;

/** Puts the cost of a step together from where the time of every stage went. */
public final class StepSummary {

    private StepSummary() {}

    /**
     * @param timing durations that it consists of
     * @param stepNanos duration of the step
     * @param booked nanoseconds in each state, by stage; each sums to the step
     */
    public static StepCost of(TrainingJob job, StepTiming timing, long stepNanos, List<Map<TimeState, Long>> booked) {
        List<StageTime> stages = new ArrayList<>();
        for (int i = 0; i < booked.size(); i++) {
            stages.add(new StageTime(i, job.plan().degrees().ranksPerStage(), booked.get(i)));
        }
        double peak = job.cluster().node().gpu().peak(job.precision().products());
        return of(job, timing.reductionSeconds(), stepNanos, stages, MemoryModel.estimate(job), peak);
    }

    /**
     * The same for ranks that differ.
     *
     * @param reductionSeconds reduction of the gradients of a stage, mean over the stages
     * @param groups where the time of GPUs that do the same went
     * @param memory memory where it is tightest
     * @param peakFlopsPerSecond mean peak rate of the GPUs
     */
    public static StepCost of(
            TrainingJob job,
            double reductionSeconds,
            long stepNanos,
            List<StageTime> groups,
            MemoryEstimate memory,
            double peakFlopsPerSecond) {
        double modelFlops =
                job.model().stepFlops(job.batch().global(), job.batch().sequence());
        return new StepCost(
                stepNanos,
                groups,
                memory,
                modelFlops,
                modelFlops + HardwareFlops.recomputed(job),
                job.plan().gpus(),
                job.batch().tokens(),
                job.batch().global(),
                peakFlopsPerSecond,
                reductionSeconds,
                Terms.of(groups));
    }
}
