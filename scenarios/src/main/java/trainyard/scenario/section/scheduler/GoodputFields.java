package trainyard.scenario.section.scheduler;

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
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.policy.goodput.GoodputRules;
import trainyard.scheduler.policy.sia.GpuPool;
import trainyard.scheduler.policy.sia.SiaRules;
import trainyard.scheduler.speed.PoolSpeeds;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** Keys of {@code scheduler} for the policies that choose GPUs and batches together. */
public final class GoodputFields {

    private static final Use HERE = Use.with("policy", "goodput");
    private static final Use BOTH = Use.with("policy", "goodput", "sia");
    private static final int MOST_SEARCH = 1_000;
    private static final double MOST_UNALLOCATED = 100;
    private static final double LEAST_INTERVAL_SECONDS = 1;

    /** In other sections, with one of these policies. */
    public static final Use CHOSEN = new Use(
            "`scheduler.policy: goodput` or `sia`",
            List.of(),
            (own, all) -> all.find(SchedulerSection.SCHEDULER)
                    .filter(GoodputFields::isChosen)
                    .isPresent());

    /** In {@code scheduler}, with any other policy. */
    static final Use OTHER_POLICY = new Use(
            "a `policy` other than `goodput` and `sia`, which choose nodes themselves",
            List.of("policy"),
            (own, all) -> own.text("policy")
                    .filter(word -> word.equals("goodput") || word.equals("sia"))
                    .isEmpty());

    public static final Field<Double> INTERVAL = Field.of(
                    "interval",
                    QuantityType.positive(Dimension.DURATION),
                    "Time between two allocations of all GPUs. The default is that of Pollux and of Sia.")
            .orElse("60 s")
            .only(BOTH);
    public static final Field<Double> FAIRNESS = Field.of(
                    "fairness",
                    new NumberType(-100, 1),
                    "Power p: the less, the more the slowest jobs count. With `goodput` that of the mean of the speed-ups of all jobs, which is made"
                            + " as large as possible: 1 for their sum, 0 for their product. With `sia` that of goodputs over the least of each job, whose sum is"
                            + " made as small as possible below 0 and as large as possible above. Left out: -1 with `goodput`, as in Pollux, and -0.5"
                            + " with `sia`, as in Sia.")
            .only(BOTH);
    public static final Field<Double> RESTART_DELAY = Field.of(
                    "restart-delay",
                    QuantityType.of(Dimension.DURATION),
                    "What the policy takes a restart to cost, so that jobs which moved often are left alone; what it does cost says"
                            + " `jobs.checkpoint`. The default is that of the simulators of Pollux and of Sia.")
            .orElse("30 s")
            .only(BOTH);
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
                            + " it scales. The default is that of Pollux and of Sia.")
            .orElse("true")
            .only(BOTH);
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

    public static final Field<Double> UNALLOCATED = Field.of(
                    "unallocated",
                    new NumberType(1, MOST_UNALLOCATED),
                    "What a job without GPUs costs (lambda of Sia), where the least goodput of a job costs 1; above 1. The default is that of"
                            + " Sia.")
            .orElse("1.1")
            .only(Use.with("policy", "sia"));

    private GoodputFields() {}

    /** Whether the policy is one of these. */
    public static boolean isChosen(Values scheduler) {
        PolicyKind policy = scheduler.get(SchedulerSection.POLICY);
        return policy == PolicyKind.GOODPUT || policy == PolicyKind.SIA;
    }

    /**
     * What `goodput` is played with.
     *
     * @throws ScenarioException if the interval is so short that a run would be nothing but searches
     */
    static GoodputRules bind(Values values) {
        GoodputRules pollux = GoodputRules.POLLUX;
        return new GoodputRules(
                interval(values),
                values.find(FAIRNESS).orElse(pollux.power()),
                SimTime.nanos(values.get(RESTART_DELAY)),
                values.get(AVOID_INTERFERENCE),
                values.get(EXPLORE),
                Math.toIntExact(values.get(POPULATION)),
                Math.toIntExact(values.get(GENERATIONS)),
                pollux.profiles(),
                pollux.streams());
    }

    private static long interval(Values values) {
        if (values.get(INTERVAL) < LEAST_INTERVAL_SECONDS) {
            throw new ScenarioException(Problem.at(
                    values.position(INTERVAL),
                    Problem.Kind.VALUE,
                    "all GPUs cannot be allocated anew so often",
                    "write at least 1 s"));
        }
        return SimTime.nanos(values.get(INTERVAL));
    }

    /**
     * What `sia` is played with.
     *
     * @param layout the cluster on which it decides
     * @param speeds of jobs in its pools
     * @throws ScenarioException if the interval is too short, or a value makes all allocations worth the same
     */
    static SiaRules sia(Values values, ClusterLayout layout, PoolSpeeds speeds) {
        SiaRules sia = SiaRules.SIA;
        double power = values.find(FAIRNESS).orElse(sia.power());
        if (values.get(SchedulerSection.POLICY) != PolicyKind.SIA) {
            return sia;
        }
        if (power == 0) {
            throw new ScenarioException(Problem.at(
                    values.position(FAIRNESS),
                    Problem.Kind.VALUE,
                    "with a power of 0 all GPUs are worth the same",
                    "write -0.5"));
        }
        if (!(values.get(UNALLOCATED) > 1)) {
            throw new ScenarioException(Problem.at(
                    values.position(UNALLOCATED),
                    Problem.Kind.VALUE,
                    "a job without GPUs costs no more than one with the fewest",
                    "write 1.1"));
        }
        List<GpuPool> pools = layout.pools().stream()
                .map(pool -> new GpuPool(pool.gpuType(), pool.nodes(), pool.gpusPerNode()))
                .toList();
        return new SiaRules(
                interval(values),
                power,
                values.get(UNALLOCATED),
                SimTime.nanos(values.get(RESTART_DELAY)),
                values.get(EXPLORE),
                pools,
                speeds,
                sia.profiles());
    }
}
