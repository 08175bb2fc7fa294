package trainyard.parallel.memory;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.plan.ChunkLayout;
import trainyard.parallel.plan.Offload;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.schedule.PassEstimates;
import trainyard.parallel.schedule.PipelineProgram;
import trainyard.parallel.schedule.Schedule;

/**
 * Peak device memory of the ranks of every pipeline stage: model states, activations of the micro-batches in flight,
 * logits, buffers and what the framework takes. The equations and their sources stand in docs/model/memory.md.
 */
public final class MemoryModel {

    private static final double MIB = 1 << 20;

    /**
     * CUDA context and loaded kernels of a PyTorch process: 1271 MiB on V100, 1573 MiB on A100 (BigScience, chronicles of
     * the 104B and 176B runs, 2021-2022); the middle of the two.
     */
    private static final double CONTEXT_BYTES = 1422 * MIB;

    /** Blocks that the caching allocator holds beyond what is in use, as a share of what comes and goes. Assumption. */
    private static final double FRAGMENTATION = 0.05;

    private final TrainingJob job;
    private final ParallelPlan plan;
    private final ChunkLayout layout;
    private final Shard shard;
    private final ChunkActivations activations;
    private final PipelineProgram program;
    private final GatheredBuffers gathered;

    private MemoryModel(TrainingJob job, PipelineProgram program) {
        this.job = job;
        this.plan = job.plan();
        this.layout = ChunkLayout.of(job.model(), plan);
        this.gathered = new GatheredBuffers(job, layout);
        this.shard = job.shard();
        this.activations = new ChunkActivations(job);
        this.program = program;
    }

    /** The order of passes that memory is counted in. A schedule made from times keeps hardly more or less with others. */
    public static PipelineProgram program(TrainingJob job) {
        Schedule schedule = job.plan().schedule();
        double kept = schedule.runsWholeBackwards() ? 0 : keptForWeight(job);
        return PipelineProgram.of(schedule, job.pipelineShape(), PassEstimates.equal(kept));
    }

    /**
     * Share of the activations of the repeated layers that stays from the input's to the weights' gradient, in [0, 1];
     * schedules that part the two are made with it.
     */
    public static double keptForWeight(TrainingJob job) {
        return new ChunkActivations(job)
                .keptForWeight(ChunkLayout.of(job.model(), job.plan()).pieces());
    }

    /**
     * What a job needs on every stage, against the memory of the cluster's GPU.
     *
     * @throws trainyard.parallel.plan.PlanException if the plan does not cut the model
     */
    public static MemoryEstimate estimate(TrainingJob job) {
        return estimate(job, program(job));
    }

    /**
     * The same with the order of passes at hand.
     *
     * @param program {@link #program} of the job
     */
    public static MemoryEstimate estimate(TrainingJob job, PipelineProgram program) {
        MemoryModel model = new MemoryModel(job, program);
        List<StageMemory> stages = new ArrayList<>();
        for (int stage = 0; stage < job.plan().pipeline(); stage++) {
            stages.add(model.stage(stage));
        }
        return new MemoryEstimate(stages, job.cluster().node().gpu().memoryBytes(), model.offloaded());
    }

    private StageMemory stage(int stage) {
        ParameterCount parameters = layout.parametersPerRank(stage, plan.split());
        ParameterCount trained = layout.trainedPerRank(stage, plan.split());
        ModelStates states = states(parameters, trained).onDevice(plan.offload(), plan.zeroStage() >= 2);
        ActivationPeak peak = ActivationPeak.of(program.stages().get(stage), chunks(stage));
        Map<MemoryComponent, Double> bytes = new EnumMap<>(MemoryComponent.class);
        bytes.put(MemoryComponent.PARAMETERS, states.parameterBytes());
        bytes.put(MemoryComponent.GRADIENTS, states.gradientBytes());
        bytes.put(MemoryComponent.OPTIMIZER_STATE, states.optimizerBytes());
        bytes.put(MemoryComponent.ACTIVATIONS, peak.activationBytes());
        bytes.put(MemoryComponent.LOGITS, peak.logitBytes());
        bytes.put(MemoryComponent.BUFFERS, bufferBytes(stage, parameters, trained, peak));
        bytes.put(MemoryComponent.FRAMEWORK, CONTEXT_BYTES + fragmentationBytes(bytes, peak));
        return new StageMemory(stage, bytes);
    }

    private OffloadedMemory offloaded() {
        if (plan.offload().equals(Offload.NONE)) {
            return OffloadedMemory.NONE;
        }
        OffloadedStates states = new OffloadedStates(job);
        for (int stage = 0; stage < plan.pipeline(); stage++) {
            ParameterCount trained = layout.trainedPerRank(stage, plan.split());
            List<ActivationPeak.Chunk> moved = new ArrayList<>();
            for (int chunk = 0; chunk < plan.virtualStages(); chunk++) {
                double bytes = activations.moved(layout.layers(stage, chunk), layout.piece(stage, chunk));
                moved.add(new ActivationPeak.Chunk(bytes, 0, 0, 0));
            }
            double activationBytes =
                    ActivationPeak.of(program.stages().get(stage), moved).activationBytes();
            states.add(
                    states(layout.parametersPerRank(stage, plan.split()), trained),
                    plan.ownShare(trained),
                    activationBytes);
        }
        return states.most();
    }

    /** States of what is trained, and the weights of what is frozen. */
    private ModelStates states(ParameterCount parameters, ParameterCount trained) {
        ModelStates frozen = states(parameters.minus(trained)).weightsAlone();
        return frozen.plus(statesOfTrained(trained));
    }

    private ModelStates states(ParameterCount parameters) {
        return states(parameters.dense(), plan.shardRanks()).plus(states(parameters.expert(), plan.expertShardRanks()));
    }

    private ModelStates statesOfTrained(ParameterCount trained) {
        ModelStates states = states(trained);
        boolean fromMaster = plan.zeroStage() == 3
                && job.software().has(SoftwareFeature.WEIGHTS_FROM_MASTER)
                && !plan.offload().movesOptimizer();
        if (plan.gradients().servers().isPresent()) {
            return states.withoutOptimizer();
        }
        return fromMaster ? states.withoutParameters() : states;
    }

    private ModelStates states(double parameters, int shardRanks) {
        return ModelStates.of(job, parameters, plan.zeroStage(), shardRanks);
    }

    private List<ActivationPeak.Chunk> chunks(int stage) {
        List<ActivationPeak.Chunk> chunks = new ArrayList<>();
        for (int chunk = 0; chunk < plan.virtualStages(); chunk++) {
            chunks.add(activations
                    .of(layout.layers(stage, chunk), layout.piece(stage, chunk))
                    .withWholeGradients(gathered.wholeGradients(layout.layers(stage, chunk))));
        }
        return chunks;
    }

    private double bufferBytes(int stage, ParameterCount parameters, ParameterCount trained, ActivationPeak peak) {
        double gradientCopy = Math.max(0, gradientCopyBytes(trained) - peak.totalBytes() - peak.gradientBytes());
        return peak.workingBytes()
                + peak.gradientBytes()
                + gradientCopy
                + gathered.bytes(stage, parameters)
                + deepSpeedBytes(stage, trained)
                + messageBytes()
                + CommunicationBuffers.bytes(plan);
    }

    /**
     * The optimizer step turns 16-bit gradients into 32-bit ones before it scales and clips them (Megatron-LM,
     * docs/distrib_optimizer.md: 4 bytes per parameter, 4 / d distributed). Neither activations nor gradients that others
     * have a share of are held then, so the copy takes their place.
     */
    private double gradientCopyBytes(ParameterCount parameters) {
        boolean copies = shard.precision().bytes() < 4
                && job.software().gradients().bytesPerElement() < 4
                && !deepSpeed()
                && !plan.offload().movesOptimizer();
        return copies ? 4 * plan.ownShare(parameters) : 0;
    }

    /** What the allocator holds beyond what is in use: of what comes and goes, or of everything where large pieces do too. */
    private double fragmentationBytes(Map<MemoryComponent, Double> allocated, ActivationPeak peak) {
        if (!deepSpeed()) {
            return FRAGMENTATION * peak.totalBytes();
        }
        double sum =
                allocated.values().stream().mapToDouble(Double::doubleValue).sum();
        return DeepSpeedBuffers.RESERVED_BEYOND_ALLOCATED * sum;
    }

    private double deepSpeedBytes(int stage, ParameterCount trained) {
        return deepSpeed() ? new DeepSpeedBuffers(job, layout).bytes(stage, trained, messageBytes() / 2) : 0;
    }

    /** Whether the optimizer's buffers are DeepSpeed's instead of Megatron-LM's. */
    private boolean deepSpeed() {
        return job.software().has(SoftwareFeature.DEEPSPEED_BUFFERS);
    }

    /** One message being received and one being sent between stages. */
    private double messageBytes() {
        return 2 * shard.precision().bytes() * shard.outside(layout.messageElements(shard));
    }
}
