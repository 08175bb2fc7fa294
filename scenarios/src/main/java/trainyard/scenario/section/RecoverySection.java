package trainyard.scenario.section;

import trainyard.faults.recovery.OnLoss;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;
import trainyard.sim.units.Dimension;

/** {@code life.recovery}: what the job does after a fault. */
public final class RecoverySection {

    /** What the job does about its nodes. */
    public enum Policy {
        /** It is queued again and starts anew. */
        REQUEUE,
        /** It keeps its working nodes and waits for spares. */
        REPLACE,
        /** It goes on with fewer replicas where no spare is free. */
        ELASTIC
    }

    public static final Field<Policy> POLICY = Field.of(
                    "policy",
                    ChoiceType.of("policy", Policy.class),
                    "`requeue`: the job gives all nodes back and queues again. `replace`: it waits for spares in the stead of"
                            + " what it lost. `elastic`: it goes on with fewer replicas where no spare is free, keeps the"
                            + " global batch, and grows again.")
            .orElse("replace");
    public static final Field<Long> LEAST_REPLICAS = Field.of(
                    "least-replicas",
                    IntegerType.between(1, 1_000_000),
                    "Replicas with which an elastic job still goes on.")
            .orElse("1");
    public static final Field<Boolean> KEEPS_STATE = Field.of(
                    "keeps-state",
                    new FlagType(),
                    "Whether each replica of an elastic job holds the whole state, so that only the unfinished step is lost."
                            + " Not so where states are sharded over the replicas.")
            .orElse("false");
    public static final Field<Double> DETECT = Field.of(
                    "detect", QuantityType.of(Dimension.DURATION), "Time until an explicit fault is noticed.")
            .orElse("1 min");
    public static final Field<Double> DETECT_HANG = Field.of(
                    "detect-hang",
                    QuantityType.of(Dimension.DURATION),
                    "Time until a hang is noticed: the timeout of a collective (NCCL in PyTorch: 10 min). `life.comm.timeout` takes"
                            + " its place.")
            .orElse("10 min");
    public static final Field<Double> DIAGNOSE = Field.of(
                    "diagnose",
                    QuantityType.of(Dimension.DURATION),
                    "Time until it is known which nodes to do without.")
            .orElse("2 min");
    public static final Field<Double> QUEUE = Field.of(
                    "queue", QuantityType.of(Dimension.DURATION), "Wait in the queue of a job that is queued again.")
            .orElse("10 min");
    public static final Field<Double> INITIALISE = Field.of(
                    "initialise",
                    QuantityType.of(Dimension.DURATION),
                    "Start of processes, libraries and communicators.")
            .orElse("5 min");
    public static final Field<Double> RECONFIGURE = Field.of(
                    "reconfigure",
                    QuantityType.of(Dimension.DURATION),
                    "The same where a running job takes nodes in or goes on with fewer.")
            .orElse("1 min");
    public static final Field<Double> COPY = Field.of(
                    "copy",
                    QuantityType.of(Dimension.DURATION),
                    "Time until a node has its part of the state from another node that holds it.")
            .orElse("0 s");
    public static final Field<OnLoss> ON_LOSS = Field.of(
                    "on-loss",
                    ChoiceType.of("choice", OnLoss.class),
                    "What an elastic job with fewer replicas does about its global batch. `accumulate`: keeps it, the replicas"
                            + " that are left run more micro-batches. `shrink-batch`: each step has fewer samples. `rescale`:"
                            + " the same with the learning rate scaled, which takes the same time.")
            .orElse("accumulate");
    public static final Field<Double> SPREAD = Field.of(
                    "spread",
                    new NumberType(0, 10),
                    "Coefficient of variation of all these times, which are lognormal; 0 for fixed times.")
            .orElse("0");

    public static final Field<Values> DETECTOR = Field.of(
            "detector", LifeDetectorSection.SECTION, "What notices faults. Left out: the stated times.");
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
            DETECT,
            DETECT_HANG,
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

    private static Distribution law(Values values, Field<Double> field) {
        double mean = values.get(field);
        double spread = values.get(SPREAD);
        return mean == 0 || spread == 0 ? new Fixed(mean) : new LogNormal(mean, spread);
    }
}
