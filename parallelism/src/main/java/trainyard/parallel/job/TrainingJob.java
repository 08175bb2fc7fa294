package trainyard.parallel.job;

import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.model.ExpertKernels;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.TokenRouting;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.ContextMethod;
import trainyard.parallel.plan.ExpertDispatch;
import trainyard.parallel.plan.Offload;
import trainyard.parallel.plan.OffloadTarget;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.ParameterServers;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.schedule.Schedule;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.NodeSpec;

/**
 * Everything that decides what one training step costs.
 *
 * @param model what is trained
 * @param batch sequences per step and per micro-batch, as long as the model makes them where it has a length of its own
 * @param precision number formats
 * @param plan how it is spread over the GPUs
 * @param cluster the machines; the plan must fit them
 * @param software framework generation
 */
public record TrainingJob(
        Model model,
        Batch batch,
        PrecisionRecipe precision,
        ParallelPlan plan,
        ClusterSpec cluster,
        SoftwareProfile software) {

    /**
     * Forward passes of all stages that one step may have, so that its replay takes seconds and its program a few hundred
     * megabytes. The largest published plans have fewer than 100,000 (gpt-1t: 3,072 / 6 micro-batches x 64 stages).
     */
    private static final long MAX_FORWARD_PASSES = 2_000_000;

    public TrainingJob {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(software, "software");
        batch = batch.withSequence(model.ownSequence().orElse(batch.sequence()));
        if (plan.gpus() > cluster.gpus()) {
            throw new PlanException(
                    "data",
                    "tensor " + plan.tensor() + " x " + (plan.context() > 1 ? "context " + plan.context() + " x " : "")
                            + "pipeline " + plan.pipeline() + " x data " + plan.data() + " = " + plan.gpus()
                            + " needs more than the " + cluster.gpus() + " GPUs of the cluster");
        }
        requireRate(cluster.node().gpu(), precision);
        requireWholeMicroBatches(batch, plan);
        requireWholeContext(model, batch, plan);
        requireWholeExperts(model, plan);
        requireFewPasses(batch, plan);
        requireBothDirections(batch, plan);
        requireHost(cluster.node(), plan.offload());
        requireServers(cluster, plan);
    }

    /** DualPipe fills its pipeline from both ends. */
    private static void requireBothDirections(Batch batch, ParallelPlan plan) {
        if (plan.schedule() != Schedule.DUALPIPE) {
            return;
        }
        long microBatches = batch.global() / ((long) batch.micro() * plan.data());
        if (microBatches % 2 != 0 || microBatches < 2L * plan.pipeline()) {
            throw new PlanException(
                    "micro",
                    "dualpipe needs an even number of micro-batches, at least 2 x pipeline " + plan.pipeline() + " = "
                            + 2L * plan.pipeline() + ", got " + microBatches
                            + "; change micro, data or the global batch");
        }
    }

    /** Servers are nodes like those of the cluster beside their number and ports. */
    private static void requireServers(ClusterSpec cluster, ParallelPlan plan) {
        boolean update = plan.gradients()
                .servers()
                .filter(servers -> servers.device() == ParameterServers.Device.CPU)
                .isPresent();
        if (update && cluster.node().host().memoryBytesPerSecond() == 0) {
            throw new PlanException(
                    "server-device",
                    "an update on the processors needs the memory bandwidth of "
                            + cluster.node().name()
                            + ", which is not in the catalogue; set cluster.node.host-memory-bandwidth");
        }
        if (plan.expert() > 1 && !plan.gradients().isPlain()) {
            throw new PlanException(
                    "expert",
                    "compression and parameter-servers price dense replicas only, not expert " + plan.expert());
        }
    }

    /** What is moved to the host needs to know how fast the host is. */
    private static void requireHost(NodeSpec node, Offload offload) {
        boolean moves = !offload.equals(Offload.NONE);
        if (moves && node.host().memoryBytesPerSecond() == 0) {
            throw new PlanException(
                    offload.key(),
                    "offloading needs the memory bandwidth of " + node.name() + ", which is not in the catalogue; set"
                            + " cluster.node.host-memory-bandwidth");
        }
        boolean drives = node.host().nvmeReadBytesPerSecond() > 0 && node.host().nvmeWriteBytesPerSecond() > 0;
        if (offload.uses(OffloadTarget.NVME) && !drives) {
            throw new PlanException(
                    offload.key(),
                    "offloading to nvme needs the rates of the drives of " + node.name() + ", which are not in the"
                            + " catalogue; set cluster.node.nvme-read and cluster.node.nvme-write");
        }
    }

    private static void requireRate(GpuSpec gpu, PrecisionRecipe precision) {
        if (!precision.runsOn(gpu)) {
            String known = PrecisionRecipe.ALL.stream()
                    .filter(other -> other.runsOn(gpu))
                    .map(PrecisionRecipe::name)
                    .collect(Collectors.joining(", "));
            throw new PlanException(
                    "precision",
                    gpu.name() + " has no rate for precision " + precision.name() + "; use one of " + known);
        }
    }

    private static void requireWholeMicroBatches(Batch batch, ParallelPlan plan) {
        long perMicroBatch = (long) batch.micro() * plan.data();
        if (batch.global() % perMicroBatch != 0) {
            throw new PlanException(
                    "global",
                    "global batch " + batch.global() + " is not a multiple of micro " + batch.micro() + " x data "
                            + plan.data() + " = " + perMicroBatch + "; nearest: "
                            + Math.max(1, Math.round((double) batch.global() / perMicroBatch)) * perMicroBatch);
        }
    }

    private static void requireWholeContext(Model model, Batch batch, ParallelPlan plan) {
        int context = plan.context();
        if (context > 1 && model.ownSequence().isPresent()) {
            throw new PlanException(
                    "context",
                    "context " + context + " splits sequences of tokens, and " + model.name()
                            + " trains on images; leave it out");
        }
        if (batch.sequence() % context != 0) {
            throw new PlanException(
                    "context",
                    "context " + context + " does not divide the sequence of " + batch.sequence() + " tokens");
        }
        boolean byHeads = context > 1 && plan.exchanges().context() == ContextMethod.ULYSSES;
        if (byHeads && model.heads() % (plan.tensor() * context) != 0) {
            throw new PlanException(
                    "context",
                    "context " + context + " x tensor " + plan.tensor() + " does not divide the " + model.heads()
                            + " attention heads, which ulysses gives out; use context-method ring");
        }
    }

    private static void requireWholeExperts(Model model, ParallelPlan plan) {
        int expert = plan.expert();
        if (model.experts() % expert != 0) {
            throw new PlanException(
                    "expert",
                    model.experts() == 1
                            ? "expert " + expert + " needs a model with experts"
                            : "expert " + expert + " does not divide the " + model.experts() + " experts; nearest: "
                                    + nearestExpert(
                                            expert,
                                            model.experts(),
                                            plan.degrees().ranksPerStage()));
        }
    }

    /** The nearest degrees on either side that divide the experts, and the ranks that are to hold them. */
    private static String nearestExpert(int expert, int experts, int ranks) {
        NavigableSet<Integer> fitting = IntStream.rangeClosed(1, experts)
                .filter(degree -> experts % degree == 0 && ranks % degree == 0)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
        Integer above = fitting.higher(expert);
        return fitting.lower(expert) + (above == null ? "" : " or " + above);
    }

    private static void requireFewPasses(Batch batch, ParallelPlan plan) {
        long microBatches = batch.global() / ((long) batch.micro() * plan.data());
        if (microBatches * plan.chunks() > MAX_FORWARD_PASSES) {
            throw new PlanException(
                    "micro",
                    microBatches + " micro-batches x " + plan.chunks() + " model chunks are more than the "
                            + MAX_FORWARD_PASSES + " forward passes that one step may have; raise micro or data, or"
                            + " lower the global batch");
        }
    }

    /** What one rank computes of a layer for one micro-batch. */
    public Shard shard() {
        boolean sentOnce = plan.exchanges().dispatch() == ExpertDispatch.DEEPEP;
        boolean wholeExperts = plan.split().expertTensor() == 1;
        boolean fusedExperts =
                software.has(SoftwareFeature.FUSED_EXPERTS) && precision.equals(PrecisionRecipe.MXFP8) && wholeExperts;
        return new Shard(
                batch.micro(),
                batch.sequence(),
                plan.split(),
                precision.storage(),
                software.attention(),
                software.loss(),
                new TokenRouting(software.has(SoftwareFeature.FUSED_ROUTING), sentOnce),
                new ExpertKernels(fusedExperts, precision.quantisation().isPresent() && !sentOnce),
                software.elementKernels());
    }

    /** The same job with another framework generation. */
    public TrainingJob with(SoftwareProfile other) {
        return new TrainingJob(model, batch, precision, plan, cluster, other);
    }

    /** The same job on other machines. */
    public TrainingJob with(ClusterSpec other) {
        return new TrainingJob(model, batch, precision, plan, other, software);
    }

    /** The same job with another batch. */
    public TrainingJob with(Batch other) {
        return new TrainingJob(model, other, precision, plan, cluster, software);
    }

    /** What the pipeline schedule has to arrange. */
    public PipelineShape pipelineShape() {
        return new PipelineShape(plan.pipeline(), microBatches(), plan.virtualStages());
    }

    /** Whether what it learns from is images. */
    public boolean ofImages() {
        return model.ownSequence().isPresent();
    }

    /** Whether what it learns from has tokens to count; images have that are cut into patches. */
    public boolean countsTokens() {
        return !ofImages() || batch.sequence() > 1;
    }

    /** Bytes in which a gradient is summed over the ranks. */
    public double bytesPerGradient() {
        return plan.sharding()
                .reduction()
                .map(format -> format.bytes())
                .orElse(software.gradients().bytesPerElement());
    }

    /** Micro-batches of one step on each data-parallel rank. */
    public int microBatches() {
        return Math.toIntExact(batch.global() / ((long) batch.micro() * plan.data()));
    }
}
