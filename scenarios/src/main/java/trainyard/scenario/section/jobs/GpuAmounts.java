package trainyard.scenario.section.jobs;

import java.util.List;
import trainyard.scenario.format.AmountType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.job.JobSize;
import trainyard.scheduler.job.JobTraits;

/** Numbers of GPUs that jobs want, in thousandths: whole ones, or a part of one that they share. */
final class GpuAmounts {

    private static final int MAX_GPUS = 1_000_000;

    static final AmountType TYPE = new AmountType(MAX_GPUS, "GPUs");

    private GpuAmounts() {}

    /** Whole GPUs of a number; 1 for a part of one. */
    static int gpus(long milli) {
        return Math.max(1, Math.toIntExact(milli / JobTraits.WHOLE_GPU));
    }

    /** Thousandths of each of them. */
    static int milli(long milli) {
        return (int) Math.min(milli, JobTraits.WHOLE_GPU);
    }

    static boolean isPart(long milli) {
        return milli < JobTraits.WHOLE_GPU;
    }

    /**
     * How many GPUs a job can use that wants one of some numbers.
     *
     * @param where the numbers are written
     * @param preemptible whether it may be stopped
     * @throws ScenarioException if the size may vary of a job that takes a part of a GPU
     */
    static JobSize size(Values values, List<Long> milli, Field<?> where, Field<Boolean> preemptible) {
        if (values.get(SizeFields.SIZE) != JobSize.Kind.RIGID && milli.stream().anyMatch(GpuAmounts::isPart)) {
            throw new ScenarioException(Problem.at(
                    values.position(where),
                    Problem.Kind.PLAN,
                    "a job that takes a part of a GPU has one size",
                    "write size: rigid, or whole GPUs"));
        }
        return SizeFields.bind(
                values, milli.stream().map(each -> (long) gpus(each)).toList(), preemptible);
    }
}
