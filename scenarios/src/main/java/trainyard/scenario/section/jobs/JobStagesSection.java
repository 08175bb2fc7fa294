package trainyard.scenario.section.jobs;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.job.JobStages;
import trainyard.sim.units.Dimension;

/** {@code stages} of a job: how long one iteration takes on each resource. */
public final class JobStagesSection {

    private static final Set<PolicyKind> GROUPING = EnumSet.of(PolicyKind.MURI_S, PolicyKind.MURI_L);

    public static final Field<Double> STORAGE = stage("storage", "Reading of data.");
    public static final Field<Double> CPU = stage("cpu", "Their preparation by processors.");
    public static final Field<Double> GPU = stage("gpu", "Forward and backward pass.");
    public static final Field<Double> NETWORK = stage("network", "Exchange of gradients.");

    public static final Section SECTION = Section.of(
            "stages", "Time of one iteration on each resource; they follow each other.", STORAGE, CPU, GPU, NETWORK);

    /** With a policy that groups jobs by their stages. */
    private static final Use GROUPED = new Use(
            "`scheduler.policy: muri-s` or `muri-l`",
            List.of(),
            (own, all) -> all.find(SchedulerSection.SCHEDULER)
                    .filter(scheduler -> GROUPING.contains(scheduler.get(SchedulerSection.POLICY)))
                    .isPresent());

    private JobStagesSection() {}

    private static Field<Double> stage(String key, String doc) {
        return Field.of(key, QuantityType.of(Dimension.DURATION), doc).orElse("0 s");
    }

    /** The key of a job or a class of jobs. */
    static Field<Values> field() {
        return Field.of(
                        "stages",
                        SECTION,
                        "How long one iteration takes on each resource; with the policies `muri-s` and `muri-l` jobs share GPUs whose stages"
                                + " interleave. Only their ratio counts, `run` says how long the job takes. Left out: it shares with nobody.")
                .only(GROUPED);
    }

    /**
     * The stages of a job.
     *
     * @throws ScenarioException if all of them take no time
     */
    static JobStages bind(Optional<Values> section) {
        if (section.isEmpty()) {
            return JobStages.NONE;
        }
        Values values = section.get();
        JobStages stages = new JobStages(values.get(STORAGE), values.get(CPU), values.get(GPU), values.get(NETWORK));
        if (!stages.isStated()) {
            throw new ScenarioException(Problem.at(
                    values.position(), Problem.Kind.VALUE, "an iteration takes some time", "write one of the stages"));
        }
        return stages;
    }
}
