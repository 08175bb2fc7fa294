package trainyard.scenario.section.coordination;

import java.util.List;
import java.util.Optional;
import trainyard.faults.coordination.queue.WorkQueue;
import trainyard.faults.coordination.queue.WorkQueue.Delivery;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.sim.units.Dimension;

/** {@code work-queue}: tasks that workers take from a queue. */
public final class WorkQueueSection {

    public static final Field<Long> TASKS =
            Field.of("tasks", IntegerType.between(1, 1_000_000), "Tasks.").asRequired();
    public static final Field<Long> WORKERS =
            Field.of("workers", IntegerType.between(1, 100_000), "Workers.").asRequired();
    public static final Field<Double> TASK_TIME = Field.of(
                    "task-time", QuantityType.positive(Dimension.DURATION), "Mean time of a task.")
            .asRequired();
    public static final Field<Double> SPREAD = Field.of(
                    "spread",
                    new NumberType(0, 10),
                    "Coefficient of variation of that time, which is lognormal; a task takes the same time whoever does it.")
            .orElse("0.5");
    public static final Field<Optional<Double>> MTBF = Field.of(
                    "mtbf",
                    new AutoType<>(QuantityType.positive(Dimension.DURATION)),
                    "Mean time from the start of a worker to its death, exponential. `auto`: none dies.")
            .orElse("auto");
    public static final Field<Double> RESTART = Field.of(
                    "restart",
                    QuantityType.of(Dimension.DURATION),
                    "Time from the death of a worker until it takes tasks again.")
            .orElse("5 min")
            .only(new Use(
                    "an `mtbf`", List.of("mtbf"), (own, all) -> own.get(MTBF).isPresent()));
    public static final Field<Delivery> DELIVERY = Field.of(
                    "delivery",
                    ChoiceType.of("delivery", Delivery.class),
                    "`at-least-once`: a task leaves the queue when it is reported done, and is handed out again where that"
                            + " takes longer than `visibility-timeout`. `at-most-once`: it leaves the queue when it is"
                            + " taken.")
            .orElse("at-least-once");
    public static final Field<Double> VISIBILITY_TIMEOUT = Field.of(
                    "visibility-timeout",
                    QuantityType.positive(Dimension.DURATION),
                    "Time for which a task that was taken is hidden from other workers.")
            .orElse("30 min")
            .only(Use.with(DELIVERY, Delivery.AT_LEAST_ONCE));
    public static final Field<Double> HORIZON = Field.of(
                    "horizon", QuantityType.positive(Dimension.DURATION), "When the run is given up.")
            .orElse("365 days");

    public static final Section SECTION = Section.of(
            "work-queue",
            "Tasks that workers take from a queue, which hands a task out again when nothing is heard of it.",
            TASKS,
            WORKERS,
            TASK_TIME,
            SPREAD,
            MTBF,
            RESTART,
            DELIVERY,
            VISIBILITY_TIMEOUT,
            HORIZON);

    private WorkQueueSection() {}

    /** The queue and its workers. */
    public static WorkQueue bind(Values values) {
        return new WorkQueue(
                Math.toIntExact(values.get(TASKS)),
                Math.toIntExact(values.get(WORKERS)),
                values.get(TASK_TIME),
                values.get(SPREAD),
                ProcessesSection.optional(values.get(MTBF)),
                values.get(RESTART),
                values.get(DELIVERY),
                values.get(VISIBILITY_TIMEOUT),
                values.get(HORIZON));
    }
}
