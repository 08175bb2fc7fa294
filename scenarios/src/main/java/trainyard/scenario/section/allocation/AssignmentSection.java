package trainyard.scenario.section.allocation;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.matching.AssignmentMethod;
import trainyard.scheduler.matching.AssignmentProblem;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.units.Dimension;

/** {@code assignment}: jobs that should run where their data lie. */
public final class AssignmentSection {

    private static final double MILLIS = 1000;

    /** The Hungarian method takes time with the cube of the slots, the flow with jobs times nodes. */
    private static final long MOST_SLOTS = 1024;

    private static final long MOST_PAIRS = 1_000_000;

    /** Ten days: a job that would read for longer counts as this, which no assignment that matters does. */
    private static final double LONGEST_MILLIS = 864_000_000;

    /** What {@link #bind} counts costs in, in seconds. */
    public static final double COST_SECONDS = 1 / MILLIS;

    public static final Field<Long> JOBS = Field.of(
                    "jobs", IntegerType.between(1, 5000), "Jobs, each of which needs a slot.")
            .asRequired();
    public static final Field<Long> NODES =
            Field.of("nodes", IntegerType.of("nodes", 1, 5000), "Nodes.").asRequired();
    public static final Field<Long> SLOTS = Field.of(
                    "slots", IntegerType.between(1, 1000), "Jobs that a node can hold.")
            .orElse("8");
    public static final Field<Long> RACKS = Field.of(
                    "racks", IntegerType.between(1, 1000), "Racks that the nodes are spread over, one after the other.")
            .orElse("4");
    public static final Field<Long> COPIES = Field.of(
                    "copies", IntegerType.between(1, 100), "Nodes that hold a copy of the data of a job, drawn alike.")
            .orElse("3");
    public static final Field<Double> DATA = Field.of(
                    "data",
                    QuantityType.positive(Dimension.DATA),
                    "Mean amount of data of a job (lognormal law). Reading for more than ten days counts as ten days.")
            .orElse("100 GB");
    public static final Field<Double> SPREAD = Field.of(
                    "spread", new NumberType(0, 10), "Coefficient of variation of that amount.")
            .orElse("1");
    public static final Field<Double> RACK_RATE = Field.of(
                    "rack-rate",
                    QuantityType.positive(Dimension.DATA_RATE),
                    "Rate at which a job reads from a node of its rack. From its own node it need not read over the network.")
            .orElse("25 Gb/s");
    public static final Field<Double> CROSS_RATE = Field.of(
                    "cross-rate",
                    QuantityType.positive(Dimension.DATA_RATE),
                    "Rate at which it reads from another rack.")
            .orElse("5 Gb/s");
    public static final Field<AssignmentMethod> METHOD = Field.of(
                    "method",
                    ChoiceType.of("method", AssignmentMethod.class),
                    "`greedy`: each job in turn takes the cheapest node left. `hopcroft-karp`: as many as possible beside their"
                            + " data, the others greedily. `hungarian`, `min-cost-flow`: the cheapest of all assignments.")
            .orElse("greedy");

    public static final Section SECTION = Section.of(
            "assignment",
            "Jobs that should run where their data lie: what an assignment costs is the time in which all of them read.",
            JOBS,
            NODES,
            SLOTS,
            RACKS,
            COPIES,
            DATA,
            SPREAD,
            RACK_RATE,
            CROSS_RATE,
            METHOD);

    private AssignmentSection() {}

    /** Refuses more jobs than there are slots. */
    public static void check(Values values) {
        if (values.get(JOBS) > values.get(NODES) * values.get(SLOTS)) {
            throw new ScenarioException(Problem.at(
                    values.position(JOBS),
                    Problem.Kind.VALUE,
                    values.get(JOBS) + " jobs are more than the slots of all nodes",
                    "write at most " + values.get(NODES) * values.get(SLOTS)));
        }
        refuseLarge(values);
        if (values.get(COPIES) > values.get(NODES)) {
            throw new ScenarioException(Problem.at(
                    values.position(COPIES),
                    Problem.Kind.VALUE,
                    "there are more copies than nodes",
                    "write at most " + values.get(NODES)));
        }
    }

    private static void refuseLarge(Values values) {
        long slots = values.get(NODES) * values.get(SLOTS);
        AssignmentMethod method = values.get(METHOD);
        boolean bySlots = method == AssignmentMethod.HUNGARIAN || method == AssignmentMethod.HOPCROFT_KARP;
        if (bySlots && slots > MOST_SLOTS) {
            throw new ScenarioException(Problem.at(
                    values.position(METHOD),
                    Problem.Kind.LIMIT,
                    "this method matches jobs with slots, of which there are " + slots,
                    "use at most " + MOST_SLOTS
                            + " slots, or min-cost-flow, which finds the same least cost as hungarian"));
        }
        if (values.get(JOBS) * values.get(NODES) > MOST_PAIRS) {
            throw new ScenarioException(Problem.at(
                    values.position(JOBS),
                    Problem.Kind.LIMIT,
                    "jobs times nodes are more than a million",
                    "write at most " + MOST_PAIRS / values.get(NODES) + " jobs"));
        }
    }

    /** The jobs and nodes of one replication; costs in milliseconds. */
    public static AssignmentProblem bind(Values values, RandomStreams streams) {
        int nodes = Math.toIntExact(values.get(NODES));
        int[] slots = new int[nodes];
        Arrays.fill(slots, Math.toIntExact(values.get(SLOTS)));
        double mean = values.get(DATA);
        double spread = values.get(SPREAD);
        ContinuousSampler data = (spread == 0 ? new Fixed(mean) : new LogNormal(mean, spread))
                .sampler(streams.stream("assignment/data"));
        UniformRandomProvider place = streams.stream("assignment/copies");
        long[][] cost = new long[Math.toIntExact(values.get(JOBS))][];
        for (int job = 0; job < cost.length; job++) {
            cost[job] = costs(values, nodes, data.sample(), place);
        }
        return new AssignmentProblem(slots, cost);
    }

    private static long millis(double seconds) {
        return Math.round(Math.min(LONGEST_MILLIS, Math.max(1, seconds * MILLIS)));
    }

    private static long[] costs(Values values, int nodes, double bytes, UniformRandomProvider place) {
        int racks = Math.toIntExact(values.get(RACKS));
        long[] cost = new long[nodes];
        Arrays.fill(cost, millis(bytes / values.get(CROSS_RATE)));
        long inRack = millis(bytes / values.get(RACK_RATE));
        boolean[] holds = new boolean[nodes];
        for (long copy = 0; copy < values.get(COPIES); copy++) {
            int holder = place.nextInt(nodes);
            while (holds[holder]) {
                holder = place.nextInt(nodes);
            }
            holds[holder] = true;
        }
        for (int holder = 0; holder < nodes; holder++) {
            for (int node = holder % racks; holds[holder] && node < nodes; node += racks) {
                cost[node] = Math.min(cost[node], inRack);
            }
        }
        for (int node = 0; node < nodes; node++) {
            cost[node] = holds[node] ? 0 : cost[node];
        }
        return cost;
    }
}
