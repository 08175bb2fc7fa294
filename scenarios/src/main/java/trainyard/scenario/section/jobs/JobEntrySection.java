package trainyard.scenario.section.jobs;

import java.util.List;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.OneOrMoreType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Values;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** An entry of {@code jobs.list}: one job. */
public final class JobEntrySection {

    public static final Field<String> ID = Field.of(
                    "id",
                    TextType.ANY,
                    "Its name, like that of no other. What stands before a slash is its class, such as `high/1`.")
            .asRequired();
    public static final Field<String> TEAM =
            Field.of("team", TextType.ANY, "Whose quota it counts against. Left out: nobody's.");
    public static final Field<Double> SUBMIT = Field.of(
                    "submit", QuantityType.of(Dimension.DURATION), "When it is submitted.")
            .orElse("0 s");
    public static final Field<Long> GPUS = Field.of(
                    "gpus", GpuAmounts.TYPE, "GPUs that it wants; with a part of one it shares that GPU with others.")
            .asRequired();
    public static final Field<Double> RUN = Field.of(
                    "run", QuantityType.positive(Dimension.DURATION), "Time that it takes on them without any wait.")
            .asRequired();
    public static final Field<Double> LIMIT = Field.of(
            "limit",
            QuantityType.positive(Dimension.DURATION),
            "Run time that its owner states. Left out: the true one.");

    public static final Field<Boolean> PREEMPTIBLE = Field.of(
                    "preemptible",
                    new FlagType(),
                    "Whether it may be stopped to make place for others, or to be moved or resized; `false` holds under every"
                            + " policy, but not for jobs outside the cells of teams.")
            .orElse("true");
    public static final Field<String> GPU_TYPE =
            Field.of("gpu-type", TextType.ANY, "Type of GPU that it needs. Left out: any.");

    public static final Field<List<String>> AFTER = Field.of(
            "after",
            new OneOrMoreType<>(new ListType<>(TextType.ANY, "jobs")),
            "Jobs of the scenario that have to be done before it queues. Left out: none.");

    public static final Field<Values> STAGES = JobStagesSection.field();

    public static final Section SECTION = Section.of(
            "jobs.list",
            "One job.",
            ID,
            TEAM,
            SUBMIT,
            GPUS,
            SizeFields.SIZE,
            SizeFields.LEAST,
            SizeFields.MOST,
            RUN,
            LIMIT,
            PriorityFields.PRIORITY,
            PREEMPTIBLE,
            GPU_TYPE,
            HostFields.CPUS,
            HostFields.MEMORY,
            STAGES,
            AFTER);

    private JobEntrySection() {}

    static ClusterJob bind(Values values) {
        double run = values.get(RUN);
        return new ClusterJob(
                values.get(ID),
                values.find(TEAM).orElse(""),
                SimTime.nanos(values.get(SUBMIT)),
                GpuAmounts.gpus(values.get(GPUS)),
                SimTime.nanos(run),
                Math.max(1, SimTime.nanos(values.find(LIMIT).orElse(run))),
                JobTraits.NONE
                        .withPriority(PriorityFields.bind(values))
                        .withPreemptible(values.get(PREEMPTIBLE))
                        .withGpuType(values.find(GPU_TYPE).orElse(""))
                        .withHost(values.get(HostFields.CPUS), values.get(HostFields.MEMORY))
                        .withStages(JobStagesSection.bind(values.find(STAGES)))
                        .withSize(GpuAmounts.size(values, List.of(values.get(GPUS)), GPUS, PREEMPTIBLE))
                        .withGpuMilli(GpuAmounts.milli(values.get(GPUS)))
                        .withAfter(values.find(AFTER).orElse(List.of())));
    }
}
