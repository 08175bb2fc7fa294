package trainyard.scenario.section.allocation;

import java.util.List;
import java.util.stream.LongStream;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
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
import trainyard.scheduler.makespan.MachineRule;
import trainyard.scheduler.makespan.ParallelMachines;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.units.Dimension;

/** {@code machines}: tasks that wait for machines that are all alike. */
public final class MachinesSection {

    private static final int MOST_MACHINES_OF_WORST_LIST = 1000;

    /** Where the tasks come from. */
    public enum Instance {
        DRAWN,
        WORST_FOR_LIST,
        WORST_FOR_LONGEST_FIRST
    }

    public static final Field<Long> MACHINES = Field.of(
                    "machines", IntegerType.between(1, 10_000), "Machines, such as GPUs.")
            .asRequired();
    public static final Field<List<Double>> TIMES = Field.of(
            "times",
            new ListType<>(QuantityType.positive(Dimension.DURATION), "times"),
            "Time of each task, in the order of the list. Left out: `instance` says.");
    public static final Field<Instance> INSTANCE = Field.of(
                    "instance",
                    ChoiceType.of("instance", Instance.class),
                    "`drawn`: `tasks` tasks of a lognormal law. `worst-for-list`: m (m - 1) tasks of `task-time`, then one of m"
                            + " times that. `worst-for-longest-first`: two each of 2m - 1 ... m + 1 times `task-time`, and three of"
                            + " m times that (Graham 1966, 1969; m: the machines).")
            .orElse("drawn")
            .only(Use.without(TIMES, "no `times`"));
    private static final Use DRAWN = Use.without(TIMES, "no `times`").and(Use.with(INSTANCE, Instance.DRAWN));
    public static final Field<Long> TASKS = Field.of(
                    "tasks", IntegerType.between(1, 1_000_000), "Tasks that are drawn.")
            .orElse("100")
            .only(DRAWN);
    public static final Field<Double> TASK_TIME = Field.of(
                    "task-time",
                    QuantityType.positive(Dimension.DURATION),
                    "Mean time of a task that is drawn, or the unit of a worst instance.")
            .orElse("1 h")
            .only(Use.without(TIMES, "no `times`"));
    public static final Field<Double> SPREAD = Field.of(
                    "spread", new NumberType(0, 10), "Coefficient of variation of the time of a task that is drawn.")
            .orElse("1")
            .only(DRAWN);
    public static final Field<MachineRule> RULE = Field.of(
                    "rule",
                    ChoiceType.of("rule", MachineRule.class),
                    "Which task the machine that is free first takes: the next of the `list`, or the longest (`longest-first`).")
            .orElse("list");
    public static final Field<Long> SEARCH = Field.of(
                    "search",
                    IntegerType.of("steps", 0, 100_000_000),
                    "Steps that the search for the earliest end may take; where they do not prove it, `optimum` is"
                            + " unknown. More than 1,000 tasks are not searched.")
            .orElse("100000 steps");

    public static final Section SECTION = Section.of(
            "machines",
            "Tasks for machines that are all alike; none is split, and a machine does one at a time.",
            MACHINES,
            TIMES,
            INSTANCE,
            TASKS,
            TASK_TIME,
            SPREAD,
            RULE,
            SEARCH);

    private MachinesSection() {}

    /** Refuses a worst list of more tasks than may be drawn. */
    public static void check(Values values) {
        if (attainsLowerBound(values)
                && values.get(INSTANCE) == Instance.WORST_FOR_LIST
                && values.get(MACHINES) > MOST_MACHINES_OF_WORST_LIST) {
            throw new ScenarioException(Problem.at(
                    values.position(MACHINES),
                    Problem.Kind.LIMIT,
                    "the worst list for " + values.get(MACHINES) + " machines has more than a million tasks",
                    "write at most " + MOST_MACHINES_OF_WORST_LIST));
        }
    }

    /** The tasks of one replication, in nanoseconds. */
    public static ParallelMachines bind(Values values, RandomStreams streams) {
        int machines = Math.toIntExact(values.get(MACHINES));
        if (values.isWritten(TIMES)) {
            return new ParallelMachines(
                    machines,
                    values.find(TIMES).orElseThrow().stream()
                            .mapToLong(MachinesSection::nanos)
                            .toArray());
        }
        long unit = nanos(values.get(TASK_TIME));
        return switch (values.get(INSTANCE)) {
            case DRAWN -> new ParallelMachines(machines, drawn(values, streams));
            case WORST_FOR_LIST -> ParallelMachines.worstForList(machines, unit);
            case WORST_FOR_LONGEST_FIRST -> ParallelMachines.worstForLongestFirst(machines, unit);
        };
    }

    /** Whether the best schedule ends at the lower bound by construction, as it does on the worst instances of Graham. */
    public static boolean attainsLowerBound(Values values) {
        return !values.isWritten(TIMES) && values.get(INSTANCE) != Instance.DRAWN;
    }

    private static long[] drawn(Values values, RandomStreams streams) {
        double mean = values.get(TASK_TIME);
        double spread = values.get(SPREAD);
        ContinuousSampler sampler =
                (spread == 0 ? new Fixed(mean) : new LogNormal(mean, spread)).sampler(streams.stream("machines/time"));
        return LongStream.generate(() -> nanos(sampler.sample()))
                .limit(values.get(TASKS))
                .toArray();
    }

    private static long nanos(double seconds) {
        return Math.max(1, SimTime.nanos(seconds));
    }
}
