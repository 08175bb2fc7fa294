package trainyard.scenario.section.jobs;

import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Values;
import trainyard.scheduler.job.JobSize;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.workload.FollowUp;

/** {@code jobs.arrivals.classes.NAME.then}: jobs that follow each one of a class. */
public final class JobFollowSection {

    public static final Field<String> NAME = Field.of(
                    "name",
                    TextType.ANY,
                    "What they are called behind the class: those of `lora` are the class `lora-evaluation`, with metrics of its own.")
            .orElse("evaluation");
    public static final Field<Long> JOBS = Field.of(
                    "jobs", IntegerType.of("jobs", 1, 1_000), "How many follow each job, side by side.")
            .orElse("1 job");
    public static final Field<Long> GPUS = Field.of(
                    "gpus", IntegerType.of("GPUs", 1, 1_000_000), "GPUs that each of them wants.")
            .orElse("1 GPU");
    public static final Field<Double> RUN = RunTimeFields.mean("Mean run time of each.");
    public static final Field<Long> PRIORITY =
            PriorityFields.unset("The higher, the sooner. Left out: that of the class.");

    public static final Section SECTION = Section.of(
            "jobs.arrivals.classes.then",
            "Jobs that queue once the one before them is done. They are its team's, have its needs for each GPU and count as submitted"
                    + " when it was.",
            NAME,
            JOBS,
            GPUS,
            RUN,
            RunTimeFields.FORM,
            RunTimeFields.SPREAD,
            PRIORITY);

    private JobFollowSection() {}

    /** The name of the class that they form. */
    static String name(String before, Values values) {
        return before + "-" + values.get(NAME);
    }

    /**
     * @param before the class that they follow
     * @param traits of its jobs
     */
    static FollowUp bind(String before, Values values, JobTraits traits) {
        int priority = values.find(PRIORITY).map(Math::toIntExact).orElse(traits.priority());
        return new FollowUp(
                name(before, values),
                Math.toIntExact(values.get(JOBS)),
                Math.toIntExact(values.get(GPUS)),
                RunTimeFields.bind(values, RUN),
                traits.withSize(JobSize.RIGID).withPriority(priority));
    }
}
