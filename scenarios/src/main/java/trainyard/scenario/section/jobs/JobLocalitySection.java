package trainyard.scenario.section.jobs;

import java.util.EnumMap;
import java.util.Map;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.model.Model;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.preset.Presets;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.cluster.DomainLevel;
import trainyard.sim.hardware.ClusterSpec;

/** {@code jobs.locality}: how fast a job is where it is placed. */
public final class JobLocalitySection {

    private static final int MAX = 1_000_000;

    public static final Field<Model> MODEL = Field.of(
            "model",
            ChoiceType.preset("model", Presets.models()),
            "Model that every job trains in data parallel: its speed is that of its step on the links of its placement, over that on"
                    + " as few nodes as possible behind one leaf switch. In place of `node-pair` and so on.");
    public static final Field<Long> MICRO = Field.of(
                    "micro", IntegerType.of("sequences", 1, MAX), "Sequences of a micro-batch of each GPU.")
            .orElse("1 sequence")
            .only(Use.beside(MODEL));
    public static final Field<Long> ACCUMULATION = Field.of(
                    "accumulation", IntegerType.between(1, MAX), "Micro-batches of each GPU in a step.")
            .orElse("1")
            .only(Use.beside(MODEL));
    public static final Field<Long> SEQUENCE_LENGTH = Field.of(
                    "sequence-length", IntegerType.of("tokens", 1, MAX), "Tokens of a sequence.")
            .orElse("1024 tokens")
            .only(Use.beside(MODEL));
    public static final Field<SoftwareProfile> SOFTWARE = Field.of(
                    "software",
                    ChoiceType.preset("software profile", Presets.software()),
                    "What the training framework does.")
            .orElse("megatron-core-2024")
            .only(Use.beside(MODEL));
    public static final Field<Double> ISLAND = rate("island", "within one island, but on several nodes");
    public static final Field<Double> RACK = rate("rack", "behind one leaf switch, but on several islands");
    public static final Field<Double> POOL = rate("pool", "behind several leaf switches");

    public static final Section SECTION = Section.of(
            "jobs.locality",
            "How fast a job is where it is placed. Left out: as fast everywhere.",
            MODEL,
            MICRO,
            ACCUMULATION,
            SEQUENCE_LENGTH,
            SOFTWARE,
            ISLAND,
            RACK,
            POOL);

    private JobLocalitySection() {}

    private static Field<Double> rate(String key, String where) {
        return Field.of(
                        key,
                        new NumberType(0.01, 1),
                        "Speed of a job " + where + ", over that on one node. Left out: as fast as one step nearer.")
                .only(Use.without(MODEL, "no `model`"));
    }

    /** The stated speeds by the narrowest domain that holds a job. */
    public static Map<DomainLevel, Double> rates(Values values) {
        Map<DomainLevel, Double> rates = new EnumMap<>(DomainLevel.class);
        values.find(ISLAND).ifPresent(rate -> rates.put(DomainLevel.ISLAND, rate));
        values.find(RACK).ifPresent(rate -> rates.put(DomainLevel.RACK, rate));
        values.find(POOL).ifPresent(rate -> rates.put(DomainLevel.POOL, rate));
        return rates;
    }

    /**
     * Refuses a model that cannot be trained on the cluster at all.
     *
     * @throws ScenarioException if its GPUs have no rate for bf16
     */
    public static void requireRate(Values values, Model model, ClusterSpec cluster) {
        try {
            training(values, model, 1, cluster);
        } catch (PlanException impossible) {
            throw new ScenarioException(Problem.at(
                    values.position(MODEL),
                    Problem.Kind.PLAN,
                    "jobs train in bf16: " + impossible.getMessage(),
                    "choose another cluster.node, or state island, rack and pool"));
        }
    }

    /** The training of a job on so many GPUs. */
    public static TrainingJob training(Values values, Model model, int gpus, ClusterSpec cluster) {
        int micro = Math.toIntExact(values.get(MICRO));
        int accumulation = Math.toIntExact(values.get(ACCUMULATION));
        return new TrainingJob(
                model,
                new Batch(
                        Math.multiplyExact(gpus, micro * accumulation),
                        micro,
                        Math.toIntExact(values.get(SEQUENCE_LENGTH))),
                PrecisionRecipe.BF16,
                ParallelPlan.of(Degrees.of(1, 1, gpus)),
                cluster,
                values.get(SOFTWARE));
    }
}
