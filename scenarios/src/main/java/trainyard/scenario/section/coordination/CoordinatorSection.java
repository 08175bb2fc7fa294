package trainyard.scenario.section.coordination;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trainyard.faults.coordination.coordinator.Coordinator;
import trainyard.faults.coordination.coordinator.Defect;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.units.Dimension;

/** {@code coordinator}: workers that train in step, and who looks after them. */
public final class CoordinatorSection {

    private static final Field<Long> WORKER = Field.of("worker", IntegerType.between(0, 9_999), "Which worker, from 0.")
            .asRequired();
    private static final Field<Double> AT =
            Field.of("at", QuantityType.of(Dimension.DURATION), "When.").asRequired();
    private static final Section DEATH = Section.of("coordinator.deaths", "A worker dies.", WORKER, AT);

    public static final Field<Long> WORKERS =
            Field.of("workers", IntegerType.between(1, 10_000), "Workers.").orElse("4");
    public static final Field<Long> STEPS =
            Field.of("steps", IntegerType.between(1, 1_000_000), "Steps to do.").asRequired();
    public static final Field<Double> STEP_TIME = Field.of(
                    "step-time", QuantityType.positive(Dimension.DURATION), "Mean time of a worker's part of a step.")
            .asRequired();
    public static final Field<Double> SPREAD = Field.of(
                    "spread",
                    new NumberType(0, 10),
                    "Coefficient of variation of that time, which is lognormal; 0 for a fixed time.")
            .orElse("0");
    public static final Field<Long> CHECKPOINT_EVERY = Field.of(
                    "checkpoint-every", IntegerType.between(1, 1_000_000), "Steps between two checkpoints.")
            .asRequired();
    public static final Field<Double> CHECKPOINT = Field.of(
                    "checkpoint",
                    QuantityType.of(Dimension.DURATION),
                    "Time of writing a checkpoint, in which all workers stand still.")
            .orElse("0 s");
    public static final Field<Double> DETECT = Field.of(
                    "detect", QuantityType.of(Dimension.DURATION), "Time from a death until the coordinator knows.")
            .orElse("10 s");
    public static final Field<Double> RESTART = Field.of(
                    "restart", QuantityType.of(Dimension.DURATION), "Start of workers and loading of the checkpoint.")
            .orElse("1 min");
    public static final Field<List<Values>> DEATHS =
            Field.of("deaths", new ListType<>(DEATH, "deaths"), "Who dies when. Left out: nobody, but for `mtbf`.");
    public static final Field<Optional<Double>> MTBF = Field.of(
                    "mtbf",
                    new AutoType<>(QuantityType.positive(Dimension.DURATION)),
                    "Mean time between two deaths of one worker, exponential. `auto`: only those of `deaths`.")
            .orElse("auto");
    public static final Field<List<Defect>> DEFECTS = Field.of(
            "defects",
            new ListType<>(ChoiceType.of("defect", Defect.class), "defects"),
            "What of the usual sketch is kept as it is. `every-worker-counts`: each worker adds 1 to the one step counter."
                    + " `newest-of-none`: before the first checkpoint, the newest is the largest of an empty set."
                    + " `silent-barrier`: who waits in the barrier is not told of a death. `lone-rollback`: only the worker"
                    + " that failed loads the checkpoint. Left out: none, it is repaired.");

    private static final Use DIES = Use.beside(DEATHS)
            .or(new Use(
                    "an `mtbf`", List.of("mtbf"), (own, all) -> own.get(MTBF).isPresent()));

    public static final Section SECTION = Section.of(
            "coordinator",
            "Workers that compute a step, meet in a barrier, and load the newest checkpoint after a death.",
            WORKERS,
            STEPS,
            STEP_TIME,
            SPREAD,
            CHECKPOINT_EVERY,
            CHECKPOINT,
            DETECT.only(DIES),
            RESTART.only(DIES),
            DEATHS,
            MTBF,
            DEFECTS);

    private CoordinatorSection() {}

    /**
     * The workers and their coordinator.
     *
     * @throws ScenarioException if a worker dies that is not there
     */
    public static Coordinator bind(Values values) {
        int workers = Math.toIntExact(values.get(WORKERS));
        List<Coordinator.Death> deaths = new ArrayList<>();
        for (Values death : values.find(DEATHS).orElse(List.of())) {
            int worker = Math.toIntExact(death.get(WORKER));
            if (worker >= workers) {
                throw new ScenarioException(Problem.at(
                        death.position(WORKER),
                        Problem.Kind.VALUE,
                        "there is no worker " + worker + " among " + workers,
                        "the last one is " + (workers - 1)));
            }
            deaths.add(new Coordinator.Death(worker, death.get(AT)));
        }
        Set<Defect> defects = EnumSet.noneOf(Defect.class);
        values.find(DEFECTS).ifPresent(defects::addAll);
        return new Coordinator(
                workers,
                Math.toIntExact(values.get(STEPS)),
                values.get(STEP_TIME),
                values.get(SPREAD),
                Math.toIntExact(values.get(CHECKPOINT_EVERY)),
                values.get(CHECKPOINT),
                values.get(DETECT),
                values.get(RESTART),
                deaths,
                ProcessesSection.optional(values.get(MTBF)),
                defects);
    }
}
