package trainyard.scenario.section.sgd;

import java.util.List;
import java.util.Optional;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.NoneType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.units.Dimension;
import trainyard.training.pipeline.PipeDream;
import trainyard.training.pipeline.PipeMare;
import trainyard.training.replica.AdPsgd;
import trainyard.training.replica.DiLoCo;
import trainyard.training.replica.ElasticAveraging;
import trainyard.training.replica.FederatedAveraging;
import trainyard.training.replica.GossipTopology;
import trainyard.training.replica.LocalSgd;
import trainyard.training.replica.OuterBits;
import trainyard.training.replica.PostLocalSgd;
import trainyard.training.replica.StreamingDiLoCo;
import trainyard.training.rule.AdaSync;
import trainyard.training.rule.Asynchronous;
import trainyard.training.rule.BackupWorkers;
import trainyard.training.rule.KAsync;
import trainyard.training.rule.KBatchAsync;
import trainyard.training.rule.KBatchSync;
import trainyard.training.rule.KSync;
import trainyard.training.rule.StaleSynchronous;
import trainyard.training.rule.Synchronous;
import trainyard.training.rule.Synchronous.Exchange;
import trainyard.training.rule.UpdateRule;

/** {@code sgd.rule}: who reads and updates when. */
public final class SgdRuleSection {

    /** Elasticity times workers where it is not stated: beta of Zhang, Choromanska and LeCun 2015 (arXiv 1412.6651). */
    private static final double PULL = 0.9;

    /** Kinds of rule. */
    public enum Kind {
        SYNC,
        BACKUP,
        K_SYNC,
        K_BATCH_SYNC,
        K_ASYNC,
        K_BATCH_ASYNC,
        ASYNC,
        SSP,
        LOCAL,
        POST_LOCAL,
        DILOCO,
        STREAMING_DILOCO,
        ELASTIC,
        GOSSIP,
        FEDERATED,
        ADA_SYNC,
        PIPEDREAM,
        PIPEMARE
    }

    public static final Field<Kind> KIND = Field.of(
                    "kind",
                    ChoiceType.of("update rule", Kind.class),
                    "`sync`: each update is the mean of one gradient of every worker. `backup`: of all but the `backups` slowest."
                            + " `k-sync`: of the first `gradients` workers, and the others are called off; `k-batch-sync`: of the first"
                            + " `gradients` batches. `k-async`, `k-batch-async`: the same, and nobody is called off, so gradients may be"
                            + " old. `async`: each gradient is an update. `ssp`: that, but nobody is more than `slack` gradients ahead."
                            + " `local`: workers take `steps` steps by themselves, then parameters are averaged; `post-local` does so from"
                            + " `after` on. `diloco`, `streaming-diloco`: the mean change of a round goes into an outer optimizer."
                            + " `elastic`: a worker and the shared parameters pull each other each `steps` steps (EASGD). `gossip`: a worker"
                            + " averages with one neighbour after each step (AD-PSGD). `federated`: a round is of `clients` that are drawn."
                            + " `ada-sync`: `k-sync` of more and more `gradients` as the loss falls. `pipedream`, `pipemare`: workers"
                            + " are the stages of a pipeline that never waits for an update, so early layers learn from late"
                            + " gradients; what PipeMare does without stashed weights is not computed, see its learning rates.")
            .orElse("sync");
    public static final Field<Exchange> EXCHANGE = Field.of(
                    "exchange",
                    ChoiceType.of("exchange", Exchange.class),
                    "Whether gradients come together by a collective or at parameter servers; all other rules have servers.")
            .orElse("all-reduce")
            .only(Use.with(KIND, Kind.SYNC));
    public static final Field<Long> GRADIENTS = Field.of(
                    "gradients",
                    IntegerType.of("gradients", 1, 100_000),
                    "Gradients of one update; of `ada-sync` of the first ones.")
            .orElse("1")
            .only(Use.with(KIND, Kind.K_SYNC, Kind.K_BATCH_SYNC, Kind.K_ASYNC, Kind.K_BATCH_ASYNC, Kind.ADA_SYNC));
    public static final Field<Long> BACKUPS = Field.of(
                    "backups", IntegerType.of("workers", 0, 100_000), "Workers of each update that nobody waits for.")
            .orElse("1 worker")
            .only(Use.with(KIND, Kind.BACKUP));
    public static final Field<Long> SLACK = Field.of(
                    "slack",
                    IntegerType.of("gradients", 0, 1_000_000),
                    "Gradients that a worker may have finished more than the slowest, and still start the next.")
            .orElse("3 gradients")
            .only(Use.with(KIND, Kind.SSP));

    private static final Use ROUNDS = Use.with(
            KIND, Kind.LOCAL, Kind.POST_LOCAL, Kind.DILOCO, Kind.STREAMING_DILOCO, Kind.ELASTIC, Kind.FEDERATED);
    private static final Use OUTER = Use.with(KIND, Kind.DILOCO, Kind.STREAMING_DILOCO);
    private static final Use STREAMING = Use.with(KIND, Kind.STREAMING_DILOCO);
    private static final Use FEDERATED = Use.with(KIND, Kind.FEDERATED);

    public static final Field<Long> STEPS = Field.of(
                    "steps",
                    IntegerType.of("steps", 1, 1_000_000),
                    "Steps that a worker takes by itself between two exchanges.")
            .orElse("10 steps")
            .only(ROUNDS);
    public static final Field<Long> AFTER = Field.of(
                    "after",
                    IntegerType.of("examples", 0, 1_000_000_000_000L),
                    "Examples of all workers from which on they take more than one step by themselves.")
            .orElse("10000 examples")
            .only(Use.with(KIND, Kind.POST_LOCAL));
    public static final Field<Double> OUTER_RATE = Field.of(
                    "outer-rate", new NumberType(1e-6, 100), "Learning rate of the outer optimizer; 0.7 in DiLoCo.")
            .orElse("0.7")
            .only(OUTER);
    public static final Field<Double> OUTER_MOMENTUM = Field.of(
                    "outer-momentum", new NumberType(0, 0.9999), "Its Nesterov momentum; 0.9 in DiLoCo.")
            .orElse("0.9")
            .only(OUTER);
    public static final Field<Long> FRAGMENTS = Field.of(
                    "fragments",
                    IntegerType.of("fragments", 1, 1000),
                    "Parts of the layers that are exchanged one after the other within a round.")
            .orElse("2 fragments")
            .only(STREAMING);
    public static final Field<Long> OVERLAP = Field.of(
                    "overlap", IntegerType.of("steps", 0, 1_000_000), "Steps that go on while a fragment is exchanged.")
            .orElse("0 steps")
            .only(STREAMING);
    public static final Field<Double> MIXING = Field.of(
                    "mixing",
                    new NumberType(0, 0.9999),
                    "Share of its own parameters that a worker keeps when a fragment comes back.")
            .orElse("0")
            .only(STREAMING);
    public static final Field<OuterBits> OUTER_FORMAT = Field.of(
                    "outer-format", ChoiceType.of("format", OuterBits.class), "Numbers of outer gradients on the wire.")
            .orElse("fp32")
            .only(STREAMING);
    public static final Field<Double> ELASTICITY = Field.of(
                    "elasticity",
                    new NumberType(1e-6, 0.9999),
                    "Share of the distance that both sides go towards each other. Left out: 0.9 over the workers, as in the paper.")
            .only(Use.with(KIND, Kind.ELASTIC));
    public static final Field<GossipTopology> NEIGHBOURS = Field.of(
                    "neighbours", ChoiceType.of("topology", GossipTopology.class), "Who averages with whom.")
            .orElse("ring")
            .only(Use.with(KIND, Kind.GOSSIP));
    public static final Field<Long> CLIENTS = Field.of(
                    "clients", IntegerType.of("clients", 1, 4096), "Workers that are drawn for a round.")
            .orElse("4 clients")
            .only(FEDERATED);
    public static final Field<Double> DROP_OUT = Field.of(
                    "drop-out", new NumberType(0, 0.99), "Chance that a client of a round never sends.")
            .orElse("0")
            .only(FEDERATED);
    public static final Field<Optional<Double>> DEADLINE = Field.of(
                    "deadline",
                    new NoneType<>(QuantityType.positive(Dimension.DURATION)),
                    "Time of a round after which clients that have not sent are called off, as soon as one has.")
            .orElse("none")
            .only(FEDERATED);
    public static final Field<List<Double>> WEIGHTS = Field.of(
                    "weights",
                    new ListType<>(new NumberType(1e-9, 1e12), "numbers"),
                    "How much each client counts in the mean of a round, such as its examples, by worker; where there are more workers"
                            + " the list starts over. Left out: all alike.")
            .only(FEDERATED);

    public static final Field<Double> LOOK_EVERY = Field.of(
                    "look-every",
                    QuantityType.positive(Dimension.DURATION),
                    "Time between two looks at the loss, behind which ceil(`gradients` x sqrt(first loss / loss)) make an update"
                            + " (Dutta et al. 2021, AdaSync). A look takes no time.")
            .orElse("10 s")
            .only(Use.with(KIND, Kind.ADA_SYNC));
    public static final Field<Long> MICRO_BATCHES = Field.of(
                    "micro-batches", IntegerType.of("micro-batches", 1, 100_000), "Batches of one update.")
            .orElse("1")
            .only(Use.with(KIND, Kind.PIPEMARE));
    public static final Field<Long> RESCHEDULED = Field.of(
                    "rescheduled",
                    IntegerType.of("updates", 0, 1_000_000_000L),
                    "Updates over which the rate of a stage that is tau updates late rises from 1/tau of the rate to all of it.")
            .orElse("0 updates")
            .only(Use.with(KIND, Kind.PIPEMARE));
    public static final Field<Double> ACTIVATIONS = Field.of(
                    "activations",
                    QuantityType.of(Dimension.DATA),
                    "Bytes that a stage sends to the next one for a batch, and gets back.")
            .orElse("0 B")
            .only(Use.with(KIND, Kind.PIPEDREAM, Kind.PIPEMARE));

    public static final Section SECTION = Section.of(
            "sgd.rule",
            "The update rule: who reads when, whose gradient counts, and when parameters change.",
            KIND,
            EXCHANGE,
            GRADIENTS,
            BACKUPS,
            SLACK,
            STEPS,
            AFTER,
            OUTER_RATE,
            OUTER_MOMENTUM,
            FRAGMENTS,
            OVERLAP,
            MIXING,
            OUTER_FORMAT,
            ELASTICITY,
            NEIGHBOURS,
            CLIENTS,
            DROP_OUT,
            DEADLINE,
            WEIGHTS,
            LOOK_EVERY,
            MICRO_BATCHES,
            RESCHEDULED,
            ACTIVATIONS);

    private SgdRuleSection() {}

    /** Whether workers under a rule talk to parameter servers. */
    static boolean hasServers(Values values) {
        return switch (values.get(KIND)) {
            case SYNC -> values.get(EXCHANGE) == Exchange.SERVER;
            case BACKUP, K_SYNC, K_BATCH_SYNC, K_ASYNC, K_BATCH_ASYNC, ASYNC, SSP, ELASTIC, FEDERATED, ADA_SYNC -> true;
            case LOCAL, POST_LOCAL, DILOCO, STREAMING_DILOCO, GOSSIP, PIPEDREAM, PIPEMARE -> false;
        };
    }

    /**
     * The rule.
     *
     * @throws ScenarioException if it does not fit the number of workers
     */
    public static UpdateRule bind(Values values, int workers) {
        requireFitting(values, workers);
        Kind kind = values.get(KIND);
        return switch (kind) {
            case SYNC -> new Synchronous(values.get(EXCHANGE));
            case BACKUP -> new BackupWorkers(number(values, BACKUPS));
            case K_SYNC -> new KSync(number(values, GRADIENTS));
            case K_BATCH_SYNC -> new KBatchSync(number(values, GRADIENTS));
            case K_ASYNC -> new KAsync(number(values, GRADIENTS));
            case K_BATCH_ASYNC -> new KBatchAsync(number(values, GRADIENTS));
            case ASYNC -> new Asynchronous();
            case SSP -> new StaleSynchronous(number(values, SLACK));
            case GOSSIP -> new AdPsgd(values.get(NEIGHBOURS));
            case ADA_SYNC -> new AdaSync(number(values, GRADIENTS), values.get(LOOK_EVERY));
            case PIPEDREAM -> new PipeDream(values.get(ACTIVATIONS));
            case PIPEMARE ->
                new PipeMare(number(values, MICRO_BATCHES), values.get(RESCHEDULED), values.get(ACTIVATIONS));
            case LOCAL, POST_LOCAL, DILOCO, STREAMING_DILOCO, ELASTIC, FEDERATED -> rounds(values, workers);
        };
    }

    private static UpdateRule rounds(Values values, int workers) {
        int steps = number(values, STEPS);
        return switch (values.get(KIND)) {
            case POST_LOCAL -> new PostLocalSgd(steps, values.get(AFTER));
            case DILOCO -> outer(values, steps);
            case STREAMING_DILOCO -> streaming(values, steps);
            case ELASTIC -> new ElasticAveraging(values.find(ELASTICITY).orElse(PULL / workers), steps);
            case FEDERATED ->
                new FederatedAveraging(
                        number(values, CLIENTS),
                        steps,
                        values.get(DROP_OUT),
                        values.get(DEADLINE).orElse(Double.POSITIVE_INFINITY),
                        values.find(WEIGHTS).orElse(List.of()));
            default -> new LocalSgd(steps);
        };
    }

    private static DiLoCo outer(Values values, int steps) {
        return new DiLoCo(steps, values.get(OUTER_RATE), values.get(OUTER_MOMENTUM));
    }

    private static UpdateRule streaming(Values values, int steps) {
        int fragments = number(values, FRAGMENTS);
        int overlap = number(values, OVERLAP);
        if (fragments > steps || overlap >= steps) {
            throw new ScenarioException(Problem.at(
                    values.position(STEPS),
                    Problem.Kind.PLAN,
                    steps + " steps leave no room for " + fragments + " fragments with an overlap of " + overlap,
                    "write more steps"));
        }
        return new StreamingDiLoCo(
                outer(values, steps), fragments, overlap, values.get(MIXING), values.get(OUTER_FORMAT));
    }

    private static int number(Values values, Field<Long> field) {
        return Math.toIntExact(values.get(field));
    }

    private static void requireFitting(Values values, int workers) {
        Kind kind = values.get(KIND);
        boolean ofWorkers = kind == Kind.K_SYNC || kind == Kind.K_ASYNC || kind == Kind.ADA_SYNC;
        if (ofWorkers && values.get(GRADIENTS) > workers) {
            throw problem(values, GRADIENTS, values.get(GRADIENTS) + " gradients of different workers", workers);
        }
        if (kind == Kind.BACKUP && values.get(BACKUPS) >= workers) {
            throw problem(values, BACKUPS, values.get(BACKUPS) + " backups", workers);
        }
        if (kind == Kind.FEDERATED && values.get(CLIENTS) > workers) {
            throw problem(values, CLIENTS, values.get(CLIENTS) + " clients of a round", workers);
        }
    }

    private static ScenarioException problem(Values values, Field<?> field, String what, int workers) {
        return new ScenarioException(Problem.at(
                values.position(field),
                Problem.Kind.PLAN,
                what + " do not fit " + workers + (workers == 1 ? " worker" : " workers"),
                "write fewer, or more sgd.workers"));
    }
}
