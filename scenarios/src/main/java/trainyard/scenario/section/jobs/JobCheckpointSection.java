package trainyard.scenario.section.jobs;

import java.util.Optional;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.overhead.RestartCosts;
import trainyard.scheduler.overhead.StoredCheckpoints;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** {@code jobs.checkpoint}: what starting, saving and stopping a job costs. */
public final class JobCheckpointSection {

    public static final Field<Double> START = Field.of(
                    "start",
                    QuantityType.of(Dimension.DURATION),
                    "Time at each start until processes and communicators stand.")
            .orElse("0 s");
    public static final Field<Double> INTERVAL = Field.of(
            "interval",
            QuantityType.positive(Dimension.DURATION),
            "Work between two checkpoints while a job runs. Left out: none.");
    public static final Field<Double> SIZE_PER_GPU = Field.of(
            "size-per-gpu",
            QuantityType.positive(Dimension.DATA),
            "Bytes that a checkpoint has for each GPU of its job.");
    public static final Field<Double> BANDWIDTH_PER_GPU = Field.of(
                    "bandwidth-per-gpu",
                    QuantityType.positive(Dimension.DATA_RATE),
                    "Rate at which each GPU writes and reads its part, as far as the store allows.")
            .orElse("1 GB/s")
            .only(Use.beside(SIZE_PER_GPU));
    public static final Field<Double> BANDWIDTH = Field.of(
                    "bandwidth",
                    QuantityType.positive(Dimension.DATA_RATE),
                    "Rate of the store for one job; it is taken to be free for it.")
            .orElse("100 GB/s")
            .only(Use.beside(SIZE_PER_GPU));
    public static final Field<Double> WRITE = Field.of(
            "write",
            QuantityType.of(Dimension.DURATION),
            "Time of writing, and of loading, the checkpoint of any job, in place of `size-per-gpu`.");
    public static final Field<OnStop> ON_STOP = Field.of(
                    "on-stop",
                    ChoiceType.of("way to stop", OnStop.class),
                    "What a job keeps that is stopped to make place: all, since it saves before it goes (`saves`), or what its last"
                            + " checkpoint holds (`falls-back`).")
            .orElse("saves");

    public static final Section SECTION = Section.of(
            "jobs.checkpoint",
            "What starting, saving and stopping a job costs. Left out: nothing.",
            START,
            INTERVAL,
            SIZE_PER_GPU,
            BANDWIDTH_PER_GPU,
            BANDWIDTH,
            WRITE,
            ON_STOP);

    private JobCheckpointSection() {}

    /**
     * The costs of each job; none where the scenario states none.
     *
     * @throws ScenarioException if a checkpoint has a time and a size
     */
    public static RestartCosts bind(Optional<Values> section) {
        return section.map(JobCheckpointSection::bind).orElse(RestartCosts.NONE);
    }

    private static RestartCosts bind(Values values) {
        if (values.isWritten(SIZE_PER_GPU) && values.isWritten(WRITE)) {
            throw new ScenarioException(Problem.at(
                    values.position(WRITE),
                    Problem.Kind.KEY,
                    "the size of a checkpoint says how long it takes",
                    "drop write"));
        }
        long interval = values.find(INTERVAL).map(SimTime::nanos).orElse(Long.MAX_VALUE);
        long start = SimTime.nanos(values.get(START));
        OnStop onStop = values.get(ON_STOP);
        if (values.isWritten(SIZE_PER_GPU)) {
            double size = values.find(SIZE_PER_GPU).orElseThrow();
            return new StoredCheckpoints(
                    (job, gpus) -> size * gpus,
                    values.get(BANDWIDTH_PER_GPU),
                    values.get(BANDWIDTH),
                    start,
                    interval,
                    onStop);
        }
        long write = SimTime.nanos(values.find(WRITE).orElse(0.0));
        CheckpointCycle cycle =
                interval == Long.MAX_VALUE ? CheckpointCycle.NONE : new CheckpointCycle(interval, write);
        JobCosts costs = new JobCosts(start, write, cycle, onStop == OnStop.SAVES ? write : 0, onStop);
        return (job, gpus) -> costs;
    }
}
