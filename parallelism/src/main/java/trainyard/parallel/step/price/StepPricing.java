package trainyard.parallel.step.price;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.ModellingElement;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.plan.ChunkLayout;
import trainyard.parallel.plan.Offload;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.schedule.Pass.Kind;
import trainyard.parallel.step.exchange.DataExchange;
import trainyard.parallel.step.exchange.HostUpdate;
import trainyard.parallel.step.exchange.RankPlacement;
import trainyard.parallel.step.exchange.ReplicaExchange;
import trainyard.parallel.step.price.ShardedPass.Unit;
import trainyard.parallel.step.price.StepTiming.ChunkTiming;
import trainyard.sim.collective.CollectiveModel;

/** Turns a job into the durations of its step: kernels by the kernel model, exchanges by the collective model. */
public final class StepPricing {

    /**
     * Beyond so many buckets of a chunk each is larger instead: what stays exposed is at most one of them, 0.01 % of the
     * reduction.
     */
    private static final int MAX_BUCKETS = 10_000;

    /** What sums in another order may differ by, so that a bound stays one. */
    private static final double ROUNDING = 1e-12;

    private final TrainingJob job;
    private final ParallelPlan plan;
    private final CollectiveModel collectives;
    private final KernelModel kernels;
    private final RankPlacement placement;
    private final DataExchange exchange;
    private final LayerCosts layerCosts;
    private final ChunkLayout layout;
    private final LockstepPace pace;
    private final FedLayers fed;
    private final Offload offload;
    private final HostUpdate hostUpdate;
    private final OffloadedActivations activations;
    private final ReplicaExchange replicas;
    private final StageExchanges between;

    private StepPricing(TrainingJob job, PriceMemo memo, double straggler, double mean) {
        this.job = job;
        this.plan = job.plan();
        this.collectives = memo.collectives();
        this.kernels = memo.kernels(job);
        this.placement = RankPlacement.on(job.cluster(), plan);
        this.exchange = new DataExchange(job, collectives, placement);
        this.layerCosts = memo.layers(job, placement.layerGroups());
        this.layout = ChunkLayout.of(job.model(), plan);
        boolean counts = kernels.counts(ModellingElement.SLOWEST_GPU);
        this.pace = new LockstepPace(counts ? GpuVariability.slowestOverMean(plan.gpus()) : 1, straggler, mean);
        this.fed = new FedLayers(job, kernels, pace);
        this.offload = plan.offload();
        this.hostUpdate = new HostUpdate(job);
        this.activations = new OffloadedActivations(job);
        this.replicas = new ReplicaExchange(job, layout, collectives, kernels, placement.replicaGroup());
        this.between = new StageExchanges(job, layout, collectives, placement);
    }

    /** Prices a job as the measurements of its machines say. */
    public static StepPricing of(TrainingJob job, CollectiveModel collectives, KernelCalibration calibration) {
        return of(job, new PriceMemo(collectives, calibration));
    }

    /** The same with prices that other plans of the job share. */
    public static StepPricing of(TrainingJob job, PriceMemo memo) {
        return of(job, memo, 1, 1);
    }

    /**
     * The same for ranks in lockstep of which some are slow.
     *
     * @param straggler kernel time of the slowest over that at full speed
     * @param mean mean of the same over the ranks
     */
    public static StepPricing of(TrainingJob job, PriceMemo memo, double straggler, double mean) {
        return new StepPricing(job.with(memo.calibration().on(job.software())), memo, straggler, mean);
    }

    /** The durations of the step. */
    public StepTiming timing() {
        List<List<ChunkTiming>> chunks = new ArrayList<>();
        List<Double> optimizer = new ArrayList<>();
        List<Double> gather = new ArrayList<>();
        List<PricedLayer> before = layers(0, 0);
        ChunkTiming priced = chunk(before);
        for (int stage = 0; stage < plan.pipeline(); stage++) {
            List<ChunkTiming> ofStage = new ArrayList<>();
            for (int chunk = 0; chunk < plan.virtualStages(); chunk++) {
                List<PricedLayer> layers = layers(stage, chunk);
                // All chunks but the first and the last are mostly alike, so most are the same as the one before.
                if (!layers.equals(before)) {
                    priced = chunk(layers);
                    before = layers;
                }
                ofStage.add(priced);
            }
            chunks.add(ofStage);
            optimizer.add(optimizerSeconds(stage));
            gather.add(gatherSeconds(stage));
        }
        return timing(chunks, optimizer, gather, between.messages(), between.tiedReductionSeconds());
    }

    /** A timing of the job whose durations come from elsewhere. */
    public StepTiming timing(
            List<List<ChunkTiming>> chunks,
            List<Double> optimizer,
            List<Double> gather,
            StageMessages messages,
            double tiedReduction) {
        return new StepTiming(
                chunks,
                messages,
                !job.software().has(SoftwareFeature.PIPELINE_OVERLAP),
                replicas.overlaps(),
                optimizer,
                gather,
                tiedReduction,
                perStage(replicas::encodeSeconds),
                perStage(this::hostTransferSeconds));
    }

    private List<Double> perStage(IntToDoubleFunction seconds) {
        return IntStream.range(0, plan.pipeline()).mapToDouble(seconds).boxed().toList();
    }

    private double hostTransferSeconds(int stage) {
        return offload.movesOptimizer() ? hostUpdate.transferSeconds(layout.trainedPerRank(stage, plan.split())) : 0;
    }

    /** Passes and reductions of one chunk of a stage. */
    public ChunkTiming chunk(int stage, int chunk) {
        return chunk(layers(stage, chunk));
    }

    /** Updating the parameters of a stage on its slowest rank. */
    public double optimizerSeconds(int stage) {
        ParameterCount trained = layout.trainedPerRank(stage, plan.split());
        if (plan.gradients().servers().isPresent()) {
            return replicas.serverUpdateSeconds();
        }
        return offload.movesOptimizer()
                ? hostUpdate.seconds(trained)
                : gpuUpdateSeconds(stage, trained) * pace.straggler();
    }

    /** Gathering the parameters of a stage after the update. */
    public double gatherSeconds(int stage) {
        ParameterCount updated = layout.trainedPerRank(stage, plan.split());
        return gatherAfterUpdate() ? exchange.gather(updated) : replicas.pullSeconds(updated);
    }

    /** Ranks that keep all weights but update only their shard gather the others' shards after it (ZeRO-1 and ZeRO-2). */
    private boolean gatherAfterUpdate() {
        return plan.zeroStage() == 1 || plan.zeroStage() == 2;
    }

    /**
     * Seconds that the step takes at least, whatever the schedule: the stages share the work of all micro-batches, the last
     * one starts when a micro-batch has come through the first chunk of the others and its gradient goes back the same way,
     * and then every stage updates its parameters. Messages and gradient reductions are left out. Where stages go on to the
     * next step alone or work from both ends, only the shared work bounds the step.
     */
    public double atLeastSeconds() {
        double all = 0;
        double way = 0;
        double last = 0;
        double update = 0;
        int stages = plan.pipeline();
        for (int stage = 0; stage < stages; stage++) {
            double busy = 0;
            for (int chunk = 0; chunk < plan.virtualStages(); chunk++) {
                double seconds = layerSeconds(layers(stage, chunk));
                busy += seconds;
                way += chunk == 0 && stage < stages - 1 ? seconds : 0;
            }
            all += busy;
            last = busy;
            update = Math.max(update, optimizerSeconds(stage));
        }
        double microBatches = job.microBatches();
        double pipeline = plan.schedule().runsWholeBackwards()
                ? Math.max(all * Math.max(1, microBatches / stages), way + microBatches * last)
                : all * microBatches / stages / plan.schedule().placement().copies();
        return pipeline * (1 - ROUNDING) + update;
    }

    private List<PricedLayer> layers(int stage, int chunk) {
        return PricedLayer.of(
                layout.layers(stage, chunk), layout.piece(stage, chunk), plan.checkpointing(), layerCosts);
    }

    private double layerSeconds(List<PricedLayer> layers) {
        List<PassCost> costs = new ArrayList<>(2 * layers.size());
        for (PricedLayer layer : layers) {
            costs.add(layer.cost().forward().cost());
            costs.add(layer.cost().backward().cost());
        }
        return PassCost.sum(costs).at(pace).seconds();
    }

    private ChunkTiming chunk(List<PricedLayer> layers) {
        boolean moves = offload.movesOptimizer() || offload.movesParameters();
        if (plan.sharding().sumsInPasses() && (moves || plan.shardRanks() > 1)) {
            return new ShardedChunk(job, layout, exchange, kernels, pace, this::mirrorSeconds).timing(layers);
        }
        List<PricedLayer> reversed = new ArrayList<>(layers);
        Collections.reverse(reversed);
        ParameterCount trained = layers.stream()
                .map(layer -> layout.trainedPerRank(layer.layer(), plan.split()))
                .reduce(ParameterCount.ZERO, ParameterCount::plus);
        return new ChunkTiming(
                pass(layers, Kind.FORWARD),
                pass(reversed, Kind.BACKWARD),
                pass(reversed, Kind.INPUT_BACKWARD),
                pass(reversed, Kind.WEIGHT),
                buckets(layers, trained));
    }

    /** A pass over layers in the order in which it reaches them, beside which copies of their activations run. */
    private PassCost pass(List<PricedLayer> layers, Kind kind) {
        List<PassCost> costs = fed.costs(layers, kind);
        PassCost sum = PassCost.sum(costs);
        if (!offload.movesActivations()) {
            return sum;
        }
        List<Unit> units = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            units.add(activations.beside(new Unit(costs.get(i), 0, 0, 0), layers.get(i), kind));
        }
        return sum.plus(PassCost.host(ShardedPass.cost(units, plan.sharding().prefetch(), 0)
                .transfers()
                .host()));
    }

    /** Forward and backward pass of one layer for one micro-batch; it recomputes if any does. */
    double layerSeconds(Layer layer) {
        return layerSeconds(List.of(PricedLayer.of(layer, plan.recompute(), layerCosts)));
    }

    private List<Double> buckets(List<PricedLayer> layers, ParameterCount gradients) {
        boolean alone = plan.degrees().gradientRanks() == 1 && plan.degrees().expertGradientRanks() == 1;
        if (gradients.total() == 0) {
            return List.of();
        }
        if (alone && !mirrored() && plan.gradients().servers().isEmpty()) {
            return List.of();
        }
        double bytes = gradients.total() * exchange.bytesPerGradient();
        int count = replicas.overlaps() ? bucketCount(bytes) : 1;
        if (!plan.gradients().isPlain()) {
            List<Layer> own = layers.stream().map(PricedLayer::layer).toList();
            return Collections.nCopies(count, replicas.seconds(own, bytes, count));
        }
        double mirror = mirrored() ? between.sumSeconds(bytes / count) : 0;
        return Collections.nCopies(count, exchange.reduce(gradients.times(1.0 / count)) + mirror);
    }

    /** Whether the model lies on the stages twice. */
    private boolean mirrored() {
        return plan.schedule().placement().copies() > 1;
    }

    /** Summing over both copies of a model what its ranks have summed of so many gradients, each its shard. */
    private double mirrorSeconds(ParameterCount gradients) {
        double bytes = plan.ownShare(gradients) * exchange.bytesPerGradient();
        return mirrored() && bytes > 0 ? between.sumSeconds(bytes) : 0;
    }

    private int bucketCount(double bytes) {
        return (int) Math.max(
                1,
                Math.min(
                        MAX_BUCKETS,
                        Math.ceil(bytes / job.software().gradients().bucketBytes())));
    }

    /** Updating what is trained; all weights are quantised for the next step where they do not rest so, frozen or not. */
    private double gpuUpdateSeconds(int stage, ParameterCount trained) {
        double held = layout.parametersPerRank(stage, plan.split()).total();
        return kernels.stream(plan.ownShare(trained) * job.software().optimizerBytesPerParameter(), 1)
                .plus(kernels.quantiseWeights(held))
                .seconds();
    }

    /** Messages and sums between the stages. */
    public StageExchanges between() {
        return between;
    }
}
