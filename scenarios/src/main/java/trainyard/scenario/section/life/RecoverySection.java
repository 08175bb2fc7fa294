package trainyard.scenario.section.life;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.faults.cause.Visibility;
import trainyard.faults.recovery.JobRedundancy;
import trainyard.faults.recovery.OnLoss;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.checkpoint.CheckpointSection;
import trainyard.scenario.section.faults.CauseUse;
import trainyard.scenario.section.faults.CommSection;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;
import trainyard.sim.units.Dimension;

/** {@code life.recovery}: what the job does after a fault. */
public final class RecoverySection {

    /** What the job does after a fault. */
    public enum Policy {
        REQUEUE,
        REPLACE,
        WARM_STANDBY,
        HOT_SPARE,
        ELASTIC,
        TEMPLATES,
        REROUTE,
        REDUNDANT_STAGES,
        QUORUM,
        SHARDS,
        JUST_IN_TIME,
        DRAIN,
        REDUNDANCY
    }

    /** When a job with fewer nodes takes others in. */
    public enum Growth {
        AT_ONCE,
        AT_RESTART
    }

    /** What a job does that cannot go on without the nodes that it lost. */
    public enum IfStopped {
        WAIT,
        REQUEUE
    }

    public static final Field<Policy> POLICY = Field.of(
                    "policy",
                    ChoiceType.of("policy", Policy.class)
                            .instead(Map.of(
                                    "restart", "did you mean 'requeue' or 'replace'?",
                                    "checkpoint-restart", "did you mean 'requeue' or 'replace'?",
                                    "spares", "did you mean 'replace', 'warm-standby' or 'hot-spare'?")),
                    "`requeue`: the job gives all nodes back and queues again. `replace`: it keeps its working nodes and"
                            + " waits for spares in the stead of what it lost. `warm-standby`: it holds `standbys` with"
                            + " processes that run, so that it only reconfigures. `hot-spare`: these also take the state"
                            + " over from another replica. `elastic`: it goes on with fewer replicas where no spare is"
                            + " free, and grows again. `templates`: any number of nodes forms pipelines of different"
                            + " lengths (Oobleck). `reroute`: other replicas do the work of a lost node of the pipeline"
                            + " (ReCycle). `redundant-stages`: each node also computes the stage behind it (Bamboo)."
                            + " `quorum`: the other replicas go on with fewer samples while one comes back (torchft,"
                            + " FT-HSDP). `shards`: replicas can do the work of others until a shard has none left"
                            + " (SPARe). `just-in-time`: a replica that is left saves the state after the fault."
                            + " `drain`: nodes are replaced before a foretold fault. `redundancy`: half of the replicas"
                            + " do what the other half does.")
            .orElse("replace");

    private static final Use REQUEUES = Use.with(POLICY, Policy.REQUEUE)
            .or(Use.with("if-stopped", "requeue"))
            .or(new Use(
                    "`life.checkpoint.time-limit`",
                    List.of(),
                    (own, all) -> all.find(LifeSection.LIFE)
                            .filter(life -> life.get(LifeSection.CHECKPOINT).isWritten(CheckpointSection.TIME_LIMIT))
                            .isPresent()));
    private static final Use RECONFIGURES = Use.with(
            POLICY,
            Policy.WARM_STANDBY,
            Policy.HOT_SPARE,
            Policy.ELASTIC,
            Policy.TEMPLATES,
            Policy.REROUTE,
            Policy.REDUNDANT_STAGES,
            Policy.QUORUM,
            Policy.SHARDS,
            Policy.REDUNDANCY);
    private static final Use COPIES_STATE = Use.with(
            POLICY,
            Policy.HOT_SPARE,
            Policy.ELASTIC,
            Policy.TEMPLATES,
            Policy.REROUTE,
            Policy.REDUNDANT_STAGES,
            Policy.QUORUM,
            Policy.SHARDS,
            Policy.DRAIN,
            Policy.REDUNDANCY);
    private static final Use OWN_TIMEOUT = new Use(
            "no `life.comm`",
            List.of(),
            (own, all) -> all.find(LifeSection.LIFE)
                    .filter(life -> life.isWritten(CommSection.COMM))
                    .isEmpty());

    public static final Field<Long> LEAST_REPLICAS = Field.of(
                    "least-replicas",
                    IntegerType.between(1, 1_000_000),
                    "Replicas with which a job of policy `elastic` or `quorum` still goes on.")
            .orElse("1")
            .only(Use.with(POLICY, Policy.ELASTIC, Policy.QUORUM));
    public static final Field<Boolean> KEEPS_STATE = Field.of(
                    "keeps-state",
                    new FlagType(),
                    "Whether each replica of an elastic job holds the whole state, so that only the unfinished step is lost."
                            + " Where `zero` shards the state over all replicas no survivor has what a node had, and the newest"
                            + " snapshot is loaded all the same.")
            .orElse("false")
            .only(Use.with(POLICY, Policy.ELASTIC));
    public static final Field<Optional<Long>> STANDBYS = Field.of(
                    "standbys",
                    new AutoType<>(IntegerType.of("nodes", 1, 1_000_000)),
                    "Nodes that policy `warm-standby` or `hot-spare` holds ready, out of `life.spares`. `auto`: so many that"
                            + " on 99 days of 100 no more nodes fail (binomial quantile, ByteRobust).")
            .orElse("auto")
            .only(Use.with(POLICY, Policy.WARM_STANDBY, Policy.HOT_SPARE));
    public static final Field<Optional<Long>> TEMPLATE_NODES = Field.of(
                    "template-nodes",
                    new AutoType<>(IntegerType.of("nodes", 1, 1_000_000)),
                    "Nodes of the shortest pipeline of policy `templates` that has memory for the model. `auto`: those of a"
                            + " replica.")
            .orElse("auto")
            .only(Use.with(POLICY, Policy.TEMPLATES));
    public static final Field<Long> TOLERATED = Field.of(
                    "tolerated",
                    IntegerType.of("nodes", 0, 1_000_000),
                    "Nodes that policy `templates` may lose at once; it keeps one pipeline more than that.")
            .orElse("1 node")
            .only(Use.with(POLICY, Policy.TEMPLATES));
    public static final Field<Growth> GROWS = Field.of(
                    "grows",
                    ChoiceType.of("choice", Growth.class),
                    "When a job of policy `elastic` or `templates` takes nodes in that come back. `at-once`: at the end of a step."
                            + " `at-restart`: they wait until it stops for another reason.")
            .orElse("at-once")
            .only(Use.with(POLICY, Policy.ELASTIC, Policy.TEMPLATES));
    public static final Field<Boolean> FORMS_PIPELINES = Field.of(
                    "forms-pipelines",
                    new FlagType(),
                    "Whether the nodes that are left with policy `redundant-stages` form other pipelines, in place of one with two"
                            + " stages until a replacement comes; nodes that come back then wait for the next loss.")
            .orElse("false")
            .only(Use.with(POLICY, Policy.REDUNDANT_STAGES));
    public static final Field<Boolean> FILLS_BUBBLES = Field.of(
                    "fills-bubbles",
                    new FlagType(),
                    "Whether bubbles of the pipeline take in the work that policy `reroute` moves.")
            .orElse("true")
            .only(Use.with(POLICY, Policy.REROUTE));
    public static final Field<Double> OVERHEAD = Field.of(
                    "overhead",
                    new NumberType(0, 10),
                    "Share of a step by which policy `redundant-stages` makes it longer. The default is" + " assumed.")
            .orElse("0.2")
            .only(Use.with(POLICY, Policy.REDUNDANT_STAGES));
    public static final Field<Optional<Long>> SHARDS = Field.of(
                    "shards-per-replica",
                    new AutoType<>(IntegerType.between(1, 1_000)),
                    "Shards of the batch that each replica of policy `shards` can compute. `auto`: floor(log2 N + 0.833) of N"
                            + " replicas, or as many as keep two replicas from sharing more than one.")
            .orElse("auto")
            .only(Use.with(POLICY, Policy.SHARDS));
    public static final Field<Double> SHARD_SHARE = Field.of(
                    "shard-share",
                    NumberType.FRACTION,
                    "Share of a step that each further shard of policy `shards` takes again; the exchange of gradients is not.")
            .orElse("1")
            .only(Use.with(POLICY, Policy.SHARDS));
    public static final Field<IfStopped> IF_STOPPED = Field.of(
                    "if-stopped",
                    ChoiceType.of("choice", IfStopped.class),
                    "What a job does that cannot go on without the nodes that it lost. `wait`: keeps the others and waits for"
                            + " replacements. `requeue`: gives all back and queues again.")
            .orElse("wait");
    public static final Field<Optional<Double>> SAVE = Field.of(
                    "save",
                    new AutoType<>(QuantityType.positive(Dimension.DURATION)),
                    "Time of a save after the fault with policy `just-in-time`. `auto`: that of a snapshot.")
            .orElse("auto")
            .only(Use.with(POLICY, Policy.JUST_IN_TIME));
    public static final Field<Double> RECALL = Field.of(
                    "recall",
                    NumberType.FRACTION,
                    "Share of the faults that take a node which policy `drain` is told of. The default is assumed.")
            .orElse("0.7")
            .only(Use.with(POLICY, Policy.DRAIN));
    public static final Field<Double> PRECISION = Field.of(
                    "precision", new NumberType(0.001, 1), "Share of warnings that come true. The default is assumed.")
            .orElse("0.8")
            .only(Use.with(POLICY, Policy.DRAIN));
    public static final Field<Double> LEAD = Field.of(
                    "lead",
                    QuantityType.positive(Dimension.DURATION),
                    "Time from a warning to the fault. The default is assumed.")
            .orElse("15 min")
            .only(Use.with(POLICY, Policy.DRAIN));
    public static final Field<JobRedundancy.Scope> REDUNDANT_SCOPE = Field.of(
                    "redundant",
                    ChoiceType.of("scope", JobRedundancy.Scope.class),
                    "What policy `redundancy` has twice: `replica`, lost with any of its nodes, or `node`.")
            .orElse("node")
            .only(Use.with(POLICY, Policy.REDUNDANCY));
    public static final Field<Long> LOST_REPLICAS = Field.of(
                    "lost-replicas",
                    IntegerType.between(0, 1_000_000),
                    "Replicas without which the metrics `degraded.*` tell what a step is; it changes nothing else.")
            .orElse("1");
    public static final Field<Double> DETECT = Field.of(
                    "detect", QuantityType.of(Dimension.DURATION), "Time until an explicit fault is noticed.")
            .orElse("1 min");
    public static final Field<Double> DETECT_HANG = Field.of(
                    "detect-hang",
                    QuantityType.of(Dimension.DURATION),
                    "Time until a hang is noticed: the timeout of a collective (NCCL in PyTorch: 10 min). `life.comm.timeout` takes"
                            + " its place.")
            .orElse("10 min")
            .only(OWN_TIMEOUT.and(CauseUse.visible(Visibility.HANG)));
    public static final Field<Double> DETECT_SLOW = Field.of(
                    "detect-slow",
                    QuantityType.of(Dimension.DURATION),
                    "Time until a slow GPU, link or node is found; its node is then taken out of use, as after a fault. Left"
                            + " out: it never is.")
            .only(CauseUse.visible(Visibility.SLOW));
    public static final Field<Double> DIAGNOSE = Field.of(
                    "diagnose",
                    QuantityType.of(Dimension.DURATION),
                    "Time until it is known which nodes to do without.")
            .orElse("2 min");
    public static final Field<Double> QUEUE = Field.of(
                    "queue", QuantityType.of(Dimension.DURATION), "Wait in the queue of a job that is queued again.")
            .orElse("10 min")
            .only(REQUEUES);
    public static final Field<Double> INITIALISE = Field.of(
                    "initialise",
                    QuantityType.of(Dimension.DURATION),
                    "Start of processes, libraries and communicators.")
            .orElse("5 min");
    public static final Field<Double> RECONFIGURE = Field.of(
                    "reconfigure",
                    QuantityType.of(Dimension.DURATION),
                    "The same where a running job takes nodes in or goes on with fewer.")
            .orElse("1 min")
            .only(RECONFIGURES);
    public static final Field<Double> COPY = Field.of(
                    "copy",
                    QuantityType.of(Dimension.DURATION),
                    "Time until a node has its part of the state from another node that holds it.")
            .orElse("0 s")
            .only(COPIES_STATE);
    public static final Field<OnLoss> ON_LOSS = Field.of(
                    "on-loss",
                    ChoiceType.of("choice", OnLoss.class),
                    "What an elastic job with fewer replicas does about its global batch. `accumulate`: keeps it, the replicas"
                            + " that are left run more micro-batches. `shrink-batch`: each step has fewer samples. `rescale`:"
                            + " the same with the learning rate scaled, which takes the same time.")
            .orElse("accumulate")
            .only(Use.with(POLICY, Policy.ELASTIC));
    public static final Field<Double> SPREAD = Field.of(
                    "spread",
                    new NumberType(0, 10),
                    "Coefficient of variation of all these times, which are lognormal; 0 for fixed times.")
            .orElse("0");

    public static final Field<Values> DETECTOR =
            Field.of("detector", LifeDetectorSection.SECTION, "What notices faults. Left out: the stated times.");
    public static final Field<Values> RESTART = Field.of(
                    "restart", RestartSection.SECTION, "Whether and when the job is started again.")
            .orElse("");

    public static final Section SECTION = Section.of(
            "life.recovery",
            "What the job does after a fault, and how long each part of the stall takes.",
            POLICY,
            LEAST_REPLICAS,
            KEEPS_STATE,
            ON_LOSS,
            STANDBYS,
            TEMPLATE_NODES,
            TOLERATED,
            GROWS,
            FORMS_PIPELINES,
            FILLS_BUBBLES,
            OVERHEAD,
            SHARDS,
            SHARD_SHARE,
            IF_STOPPED,
            SAVE,
            RECALL,
            PRECISION,
            LEAD,
            REDUNDANT_SCOPE,
            LOST_REPLICAS,
            DETECT,
            DETECT_HANG,
            DETECT_SLOW,
            DIAGNOSE,
            QUEUE,
            INITIALISE,
            RECONFIGURE,
            COPY,
            SPREAD,
            DETECTOR,
            RESTART);

    private RecoverySection() {}

    /** How long the parts of a stall take. */
    public static RecoveryTimes times(Values values) {
        return new RecoveryTimes(
                law(values, DETECT),
                law(values, DETECT_HANG),
                law(values, DIAGNOSE),
                law(values, QUEUE),
                law(values, INITIALISE),
                law(values, RECONFIGURE),
                law(values, COPY));
    }

    /** Time until a slow part is found; empty where it never is. */
    public static Optional<Distribution> detectSlow(Values values) {
        return values.find(DETECT_SLOW).map(mean -> law(mean, values.get(SPREAD)));
    }

    private static Distribution law(Values values, Field<Double> field) {
        return law(values.get(field), values.get(SPREAD));
    }

    private static Distribution law(double mean, double spread) {
        return mean == 0 || spread == 0 ? new Fixed(mean) : new LogNormal(mean, spread);
    }
}
