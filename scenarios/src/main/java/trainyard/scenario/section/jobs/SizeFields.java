package trainyard.scenario.section.jobs;

import java.util.List;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.job.JobSize;

/** Keys that say how many GPUs a job can use. */
final class SizeFields {

    private static final int MAX_GPUS = 1_000_000;

    /** With a policy that chooses how many GPUs jobs have. */
    static final Use CHOSEN = new Use(
            "`scheduler.policy: elastic-fifo`",
            List.of(),
            (own, all) -> all.find(SchedulerSection.SCHEDULER)
                    .filter(scheduler -> scheduler.get(SchedulerSection.POLICY) == PolicyKind.ELASTIC_FIFO)
                    .isPresent());

    static final Field<JobSize.Kind> SIZE = Field.of(
                    "size",
                    ChoiceType.of("size", JobSize.Kind.class),
                    "When it is decided how many GPUs a job has: by its owner (`rigid`), when it starts (`moldable`), or also while it"
                            + " runs (`elastic`). Its `run` is that on the GPUs that it wants; `jobs.serial-share` says how much"
                            + " others change it.")
            .orElse("rigid")
            .only(CHOSEN);
    static final Field<Long> LEAST = Field.of(
                    "least-gpus", IntegerType.of("GPUs", 1, MAX_GPUS), "Fewest GPUs on which it runs.")
            .orElse("1 GPU")
            .only(CHOSEN.and(Use.with(SIZE, JobSize.Kind.MOLDABLE, JobSize.Kind.ELASTIC)));
    static final Field<Long> MOST = Field.of(
                    "most-gpus",
                    IntegerType.of("GPUs", 1, MAX_GPUS),
                    "Most GPUs that it can use. Left out: as many as it wants, or as the widest of its class.")
            .only(CHOSEN.and(Use.with(SIZE, JobSize.Kind.MOLDABLE, JobSize.Kind.ELASTIC)));

    private SizeFields() {}

    /**
     * How many GPUs a job can use.
     *
     * @param wanted GPUs that it wants, or that jobs of its class may want
     * @param preemptible the key that says whether it may be stopped
     * @throws ScenarioException if they lie outside what it can use, or it is to be resized but not stopped
     */
    static JobSize bind(Values values, List<Long> wanted, Field<Boolean> preemptible) {
        if (values.get(SIZE) == JobSize.Kind.ELASTIC && !values.get(preemptible)) {
            throw new ScenarioException(Problem.at(
                    values.position(preemptible),
                    Problem.Kind.VALUE,
                    "a job that is not preemptible cannot be elastic: it is stopped and started when its size changes",
                    "write size: moldable, whose size is chosen when it starts, or drop preemptible: false"));
        }
        return bind(values, wanted);
    }

    /**
     * How many GPUs a job can use that may be stopped.
     *
     * @param wanted GPUs that it wants, or that jobs of its class may want
     * @throws ScenarioException if they lie outside what it can use
     */
    static JobSize bind(Values values, List<Long> wanted) {
        JobSize.Kind kind = values.get(SIZE);
        if (kind == JobSize.Kind.RIGID) {
            return JobSize.RIGID;
        }
        long widest = wanted.stream().mapToLong(Long::longValue).max().orElseThrow();
        long narrowest = wanted.stream().mapToLong(Long::longValue).min().orElseThrow();
        long least = values.get(LEAST);
        long most = values.find(MOST).orElse(widest);
        if (least > narrowest) {
            throw outside(values, LEAST, "it cannot want " + narrowest + " and run on " + least + " GPUs at least");
        }
        if (most < widest) {
            throw outside(values, MOST, "it cannot want " + widest + " and use " + most + " GPUs at most");
        }
        return new JobSize(kind, Math.toIntExact(least), Math.toIntExact(most));
    }

    private static ScenarioException outside(Values values, Field<Long> field, String what) {
        return new ScenarioException(
                Problem.at(values.position(field), Problem.Kind.VALUE, what, "make the range hold what it wants"));
    }
}
