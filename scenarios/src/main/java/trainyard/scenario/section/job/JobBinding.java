package trainyard.scenario.section.job;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.adapter.AdaptedModel;
import trainyard.parallel.model.packing.PackedModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.RecomputeModule;
import trainyard.parallel.plan.RecomputedModules;
import trainyard.parallel.search.UnplannedJob;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.cluster.ConditionSection;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/**
 * Turns the sections {@code cluster} and {@code job} into a {@link TrainingJob}. The data-parallel degree follows from
 * the number of nodes or the number of nodes from the degrees; a contradiction is reported at the key that causes it.
 */
public final class JobBinding {

    private final Values cluster;
    private final Values job;
    private final Values parallel;

    private JobBinding(Values cluster, Values job) {
        this.cluster = cluster;
        this.job = job;
        this.parallel = job.get(JobSection.PARALLEL);
    }

    /**
     * The job.
     *
     * @throws ScenarioException if degrees, batch, model and cluster contradict each other
     */
    public static TrainingJob bind(Values cluster, Values job) {
        return new JobBinding(cluster, job).job();
    }

    /**
     * The job without its plan, for a search of plans.
     *
     * @throws ScenarioException if the number of nodes or the global batch is left open, or what the search does not
     *     know is asked for
     */
    public static UnplannedJob unplanned(Values cluster, Values job) {
        return new JobBinding(cluster, job).unplanned();
    }

    private UnplannedJob unplanned() {
        Values batch = job.get(JobSection.BATCH);
        ClusterSection.requireFormulas(cluster);
        if (ConditionSection.isStated(cluster)) {
            throw at(
                    cluster.position(ClusterSection.CONDITION),
                    "a search of plans takes all GPUs for alike",
                    "drop cluster.condition, and run the plan that it finds with it");
        }
        if (batch.isWritten(BatchSection.MICRO_BATCHES_PER_REPLICA)) {
            throw at(
                    batch.position(BatchSection.MICRO_BATCHES_PER_REPLICA),
                    "a search of plans gives every replica as many micro-batches",
                    "drop micro-batches-per-replica, and run the plan that it finds with it");
        }
        long nodes = cluster.get(ClusterSection.NODES)
                .orElseThrow(() -> at(
                        cluster.position(ClusterSection.NODES),
                        "a search of plans needs the number of nodes",
                        "write cluster.nodes"));
        long global = batch.get(BatchSection.GLOBAL)
                .orElseThrow(() -> at(
                        batch.position(BatchSection.GLOBAL),
                        "a search of plans needs the global batch, which all plans share",
                        "write job.batch.global"));
        int sequence = Math.toIntExact(batch.get(BatchSection.SEQUENCE_LENGTH));
        return new UnplannedJob(
                model(sequence),
                Math.toIntExact(global),
                sequence,
                job.get(JobSection.PRECISION),
                ClusterSection.bind(cluster, Math.toIntExact(nodes)),
                software(),
                ParallelSection.settings(parallel));
    }

    private TrainingJob job() {
        int gpusPerNode = ClusterSection.gpusPerNode(cluster);
        int data = data(gpusPerNode);
        long gpus = ParallelSection.gpusPerReplica(parallel) * data;
        long nodes = cluster.get(ClusterSection.NODES).orElse((gpus + gpusPerNode - 1) / gpusPerNode);
        if (nodes > Integer.MAX_VALUE / gpusPerNode || gpus > Integer.MAX_VALUE) {
            throw at(
                    parallel.position(ParallelSection.TENSOR), "the plan asks for " + gpus + " GPUs", "lower a degree");
        }
        Batch batch = BatchSection.bind(job.get(JobSection.BATCH), data);
        Model model = model(batch.sequence());
        checkSplit(model);
        try {
            ParallelPlan plan = cut(ParallelSection.bind(parallel, data, JobSection.checkpointing(job)), model);
            requireModules(plan.recompute(), model, batch.sequence());
            return new TrainingJob(
                    model,
                    batch,
                    job.get(JobSection.PRECISION),
                    plan,
                    ClusterSection.bind(cluster, Math.toIntExact(nodes)),
                    software());
        } catch (PlanException contradiction) {
            throw placed(contradiction);
        }
    }

    /** A split that counts embedding and head needs the model. */
    private ParallelPlan cut(ParallelPlan plan, Model model) {
        List<Integer> counts = ParallelSection.besideEnds(parallel, plan, model);
        return counts.isEmpty() ? plan : plan.with(plan.pipelining().withLayers(counts));
    }

    /** A module that no layer has would be ignored. */
    private static void requireModules(Recompute recompute, Model model, int sequence) {
        if (recompute.equals(Recompute.SELECTIVE)) {
            return;
        }
        for (RecomputeModule module : recompute.modules()) {
            if (!RecomputedModules.meets(model, module, sequence)) {
                throw new PlanException(
                        "recompute", model.name() + " has no " + ChoiceType.word(module) + " to compute again");
            }
        }
    }

    private SoftwareProfile software() {
        SoftwareProfile framework = job.get(JobSection.SOFTWARE).at(job.get(JobSection.PRECISION));
        return GradientExchangeFields.software(parallel, graphed(framework));
    }

    private SoftwareProfile graphed(SoftwareProfile framework) {
        try {
            return job.get(JobSection.CUDA_GRAPHS).on(framework);
        } catch (IllegalArgumentException contradiction) {
            throw new ScenarioException(Problem.at(
                    job.position(JobSection.CUDA_GRAPHS),
                    Problem.Kind.VALUE,
                    contradiction.getMessage(),
                    "leave it out, or choose other software"));
        }
    }

    /** Dimensions that contradict each other are a mistake of the section, wherever they were written. */
    private Model model(int sequenceLength) {
        Values section = job.get(JobSection.MODEL);
        try {
            Model plain = ModelSection.bind(section, sequenceLength);
            requireItsTokens(plain, sequenceLength);
            Model whole = packed(plain, sequenceLength);
            return job.find(JobSection.ADAPTERS)
                    .map(adapters -> AdapterSection.bind(adapters, whole))
                    .orElse(whole);
        } catch (IllegalArgumentException contradiction) {
            throw at(section.position(), contradiction.getMessage(), "change one of the two");
        }
    }

    /** What an image has of tokens the model says, and how long a sequence is or how many are learned from has no meaning. */
    private void requireItsTokens(Model model, int sequenceLength) {
        if (model.ownSequence().isEmpty()) {
            return;
        }
        Values batch = job.get(JobSection.BATCH);
        int own = model.ownSequence().getAsInt();
        boolean tokens = own > 1;
        if (batch.isWritten(BatchSection.SEQUENCE_LENGTH) && sequenceLength != own) {
            throw at(
                    batch.position(BatchSection.SEQUENCE_LENGTH),
                    tokens
                            ? model.name() + " makes " + own + " tokens of an image, not " + sequenceLength
                            : model.name() + " trains on images, which are no sequences of tokens",
                    "leave it out");
        }
        if (!tokens && job.isWritten(JobSection.TRAIN_TOKENS)) {
            throw at(
                    job.position(JobSection.TRAIN_TOKENS),
                    model.name() + " trains on images, which have no tokens to count",
                    "leave it out");
        }
    }

    private Model packed(Model model, int sequenceLength) {
        Values batch = job.get(JobSection.BATCH);
        Optional<Double> length = batch.find(BatchSection.PACKED_LENGTH);
        if (length.isEmpty()) {
            return model;
        }
        if (length.get() > sequenceLength) {
            throw at(
                    batch.position(BatchSection.PACKED_LENGTH),
                    "samples longer than the " + sequenceLength + " tokens of a sequence do not fit into it",
                    "write at most job.batch.sequence-length");
        }
        if (software().attention().keepsScores()) {
            throw at(
                    batch.position(BatchSection.PACKED_LENGTH),
                    "the software keeps whole score matrices, of which packed samples would leave most empty",
                    "name software with fused attention, such as megatron-core-2024");
        }
        return PackedModel.of(model, length.get());
    }

    private int data(int gpusPerNode) {
        Optional<Long> stated = parallel.get(ParallelSection.DATA);
        Optional<Long> nodes = cluster.get(ClusterSection.NODES);
        long perReplica = ParallelSection.gpusPerReplica(parallel);
        if (stated.isPresent()) {
            return Math.toIntExact(stated.get());
        }
        if (nodes.isEmpty()) {
            return 1;
        }
        long gpus = nodes.get() * gpusPerNode;
        if (gpus % perReplica != 0) {
            throw at(
                    parallel.position(ParallelSection.TENSOR),
                    product() + " = " + perReplica + " does not divide " + gpus + " GPUs (" + nodes.get() + " nodes x "
                            + gpusPerNode + ")",
                    "nearest: " + nearestNodes(nodes.get(), perReplica, gpusPerNode));
        }
        return Math.toIntExact(gpus / perReplica);
    }

    private String product() {
        long context = parallel.get(ParallelSection.CONTEXT);
        return "tensor " + parallel.get(ParallelSection.TENSOR) + (context > 1 ? " x context " + context : "")
                + " x pipeline " + parallel.get(ParallelSection.PIPELINE);
    }

    /** The replica divides the GPUs of every multiple of perReplica / gcd(perReplica, gpusPerNode) nodes. */
    private static String nearestNodes(long nodes, long perReplica, int gpusPerNode) {
        long common = BigInteger.valueOf(perReplica)
                .gcd(BigInteger.valueOf(gpusPerNode))
                .longValueExact();
        long step = perReplica / common;
        long below = nodes / step * step;
        long above = below + step;
        String upper = above * gpusPerNode + " GPUs (" + above + " nodes)";
        return below == 0 ? upper : below * gpusPerNode + " (" + below + " nodes) or " + upper;
    }

    private void checkSplit(Model model) {
        long tensor = parallel.get(ParallelSection.TENSOR);
        if (model.heads() % tensor != 0) {
            throw at(
                    parallel.position(ParallelSection.TENSOR),
                    "tensor " + tensor + " does not divide the " + model.heads() + " attention heads of "
                            + model.name(),
                    "nearest: tensor " + nearestDivisor(model.heads(), tensor));
        }
        if (model instanceof AdaptedModel adapted && !model.dividesInto(Math.toIntExact(tensor))) {
            Values section = job.find(JobSection.ADAPTERS).orElseThrow();
            long rank = adapted.adapters().rank();
            throw at(
                    section.position(AdapterSection.RANK),
                    "tensor " + tensor + " does not divide the rank " + rank + " of the adapters",
                    "nearest: rank " + (rank / tensor + 1) * tensor);
        }
    }

    private static long nearestDivisor(long of, long wanted) {
        long best = 1;
        for (long divisor = 1; divisor <= of; divisor++) {
            if (of % divisor == 0 && Math.abs(divisor - wanted) <= Math.abs(best - wanted)) {
                best = divisor;
            }
        }
        return best;
    }

    private ScenarioException placed(PlanException contradiction) {
        return at(position(contradiction.field()), contradiction.getMessage(), "");
    }

    /** Where the key at fault stands; the sections that a plan exception may name. */
    private Position position(String key) {
        Map<String, Values> places = Map.of(
                "global",
                job.get(JobSection.BATCH),
                "micro",
                job.get(JobSection.BATCH),
                "sequence-length",
                job.get(JobSection.BATCH),
                "micro-batches-per-replica",
                job.get(JobSection.BATCH),
                "recompute",
                job,
                "recompute-layers",
                job,
                "precision",
                job,
                "nodes",
                cluster);
        Values section = places.getOrDefault(key, parallel);
        return section.section().fields().stream()
                .filter(field -> field.key().equals(key))
                .findFirst()
                .<Field<?>>map(field -> field)
                .map(section::position)
                .orElse(section.position());
    }

    /** A problem of the plan found when the step was costed. */
    public static ScenarioException placed(Values cluster, Values job, PlanException contradiction) {
        return new JobBinding(cluster, job).placed(contradiction);
    }

    private static ScenarioException at(Position position, String message, String hint) {
        return new ScenarioException(Problem.at(position, Problem.Kind.PLAN, message, hint));
    }
}
