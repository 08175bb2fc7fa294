package trainyard.scenario.section;

import java.util.List;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.policy.goodput.GoodputRules;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** Keys of {@code scheduler} for the policy that chooses GPUs and batches together. */
public final class GoodputFields {

    private static final Use HERE = Use.with("policy", "goodput");
    private static final int MOST_SEARCH = 1_000;
    private static final double LEAST_INTERVAL_SECONDS = 1;

    /** In other sections, with that policy. */
    static final Use CHOSEN = new Use(
            "`scheduler.policy: goodput`",
            List.of(),
            (own, all) -> all.find(ScenarioSection.SCHEDULER)
                    .filter(GoodputFields::isChosen)
                    .isPresent());

    /** In {@code scheduler}, with any other policy. */
    static final Use OTHER_POLICY = new Use(
            "a `policy` other than `goodput`, which chooses nodes itself",
            List.of("policy"),
            (own, all) -> own.text("policy").filter("goodput"::equals).isEmpty());

    public static final Field<Double> INTERVAL = Field.of(
                    "interval",
                    QuantityType.positive(Dimension.DURATION),
                    "Time between two allocations of all GPUs. The default is that of Pollux.")
            .orElse("60 s")
            .only(HERE);
    public static final Field<Double> FAIRNESS = Field.of(
                    "fairness",
                    new NumberType(-100, 1),
                    "Power p of the mean of the speed-ups of all jobs that is made as large as possible: 1 for their sum, 0 for their"
                            + " product; the less, the more the slowest count. The default is that of Pollux.")
            .orElse("-1")
            .only(HERE);
    public static final Field<Double> RESTART_DELAY = Field.of(
                    "restart-delay",
                    QuantityType.of(Dimension.DURATION),
                    "What the policy takes a restart to cost, so that jobs which moved often are left alone; what it does cost says"
                            + " `jobs.checkpoint`. The default is that of Pollux.")
            .orElse("30 s")
            .only(HERE);
    public static final Field<Boolean> AVOID_INTERFERENCE = Field.of(
                    "avoid-interference",
                    new FlagType(),
                    "Whether at most one of the jobs on several nodes is on a node. The default is that of Pollux.")
            .orElse("true")
            .only(HERE);
    public static final Field<Boolean> EXPLORE = Field.of(
                    "explore",
                    new FlagType(),
                    "Whether a job has at most twice the GPUs that it had at most so far, and one at first, as where nobody knows yet how"
                            + " it scales. The default is that of Pollux.")
            .orElse("true")
            .only(HERE);
    public static final Field<Long> POPULATION = Field.of(
                    "population",
                    IntegerType.of("allocations", 2, MOST_SEARCH),
                    "Allocations that each generation of the genetic search has. The default is that of Pollux.")
            .orElse("100 allocations")
            .only(HERE);
    public static final Field<Long> GENERATIONS = Field.of(
                    "generations",
                    IntegerType.between(1, MOST_SEARCH),
                    "Most generations of the search in each interval. It ends after a quarter of them in a row without a better allocation. The default is that of Pollux.")
            .orElse("100")
            .only(HERE);

    private GoodputFields() {}

    /** Whether the policy is this one. */
    public static boolean isChosen(Values scheduler) {
        return scheduler.get(SchedulerSection.POLICY) == PolicyKind.GOODPUT;
    }

    /**
     * @throws ScenarioException if the interval is so short that a run would be nothing but searches
     */
    static GoodputRules bind(Values values) {
        if (values.get(INTERVAL) < LEAST_INTERVAL_SECONDS) {
            throw new ScenarioException(Problem.at(
                    values.position(INTERVAL),
                    Problem.Kind.VALUE,
                    "all GPUs cannot be allocated anew so often",
                    "write at least 1 s"));
        }
        GoodputRules pollux = GoodputRules.POLLUX;
        return new GoodputRules(
                SimTime.nanos(values.get(INTERVAL)),
                values.get(FAIRNESS),
                SimTime.nanos(values.get(RESTART_DELAY)),
                values.get(AVOID_INTERFERENCE),
                values.get(EXPLORE),
                Math.toIntExact(values.get(POPULATION)),
                Math.toIntExact(values.get(GENERATIONS)),
                pollux.profiles(),
                pollux.streams());
    }
}
