package trainyard.parallel.step.uneven;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.parallel.condition.ComputeJitter;
import trainyard.parallel.condition.JobCondition;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.memory.MemoryEstimate;
import trainyard.parallel.memory.MemoryModel;
import trainyard.parallel.memory.StageMemory;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.StageTime;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.price.StepSummary;
import trainyard.parallel.step.price.StepTiming;
import trainyard.parallel.step.replay.JitterDraws;
import trainyard.parallel.step.replay.ReplicaPasses;
import trainyard.parallel.step.replay.ReplicaTiming;
import trainyard.parallel.step.replay.StepReplay;
import trainyard.sim.engine.Simulation;
import trainyard.sim.hardware.NodeSpec;

/**
 * One step of a job whose ranks differ. The fold breaks only where it has to: replicas that run on the same form a class,
 * each class is replayed once, and all meet where gradients are summed.
 */
public final class UnevenStep {

    /** Passes of all classes that one replay may have; a few gigabytes of inputs and some ten seconds. */
    private static final long MAX_PASSES = 20_000_000;

    private final UnevenJob uneven;
    private final UnevenPricing pricing;
    private final TrainingJob job;
    private final JobCondition condition;
    private final List<ReplicaClass> classes;
    private final StepTiming together;

    UnevenStep(UnevenJob uneven, JobCondition condition) {
        this.uneven = uneven;
        this.pricing = uneven.pricing();
        this.job = pricing.job();
        this.condition = condition;
        check();
        this.classes = ReplicaClass.of(job, condition);
        long passes =
                classes.stream().mapToLong(alike -> 2L * alike.microBatches()).sum()
                        * job.plan().chunks();
        if (passes > MAX_PASSES) {
            throw new PlanException(
                    "micro",
                    passes + " passes of " + classes.size() + " unlike replicas are more than the " + MAX_PASSES
                            + " that one step may have; use fewer replicas or micro-batches");
        }
        this.together = pricing.together(IntStream.range(0, job.plan().pipeline())
                .mapToObj(stage -> LockstepRanks.machines(
                        classes.stream().map(alike -> alike.stages().get(stage)).toList()))
                .toList());
    }

    private void check() {
        int ranks = job.plan().gpus();
        if (!condition.ranks().isEmpty() && condition.ranks().lastKey() >= ranks) {
            throw new PlanException(
                    "data", "rank " + condition.ranks().lastKey() + " is none of the " + ranks + " ranks of the job");
        }
        List<Integer> microBatches = condition.microBatches();
        if (microBatches.isEmpty()) {
            return;
        }
        long sum = microBatches.stream().mapToLong(Integer::longValue).sum();
        long needed = (long) job.microBatches() * job.plan().data();
        if (microBatches.size() != job.plan().data() || sum != needed) {
            throw new PlanException(
                    "micro-batches-per-replica",
                    "micro-batches-per-replica has " + microBatches.size() + " entries that sum to " + sum
                            + "; needed: " + job.plan().data() + " entries, one for each replica, that sum to "
                            + needed);
        }
    }

    /** Replays all passes and tells their bars. */
    public void replay(Consumer<Span> bars) {
        StepReplay.run(together, classes.stream().map(this::timing).toList(), Simulation::new, bars);
    }

    /** Replays the passes that no other condition of the job had. */
    public StepReplay replay() {
        List<ReplicaTiming> timings = new ArrayList<>();
        List<ReplicaPasses> passes = new ArrayList<>();
        for (ReplicaClass alike : classes) {
            UnevenJob.Replayed replayed = condition.jitter().isPresent()
                    ? uneven.replay(timing(alike))
                    : uneven.replayed(alike, () -> timing(alike));
            timings.add(replayed.timing());
            passes.add(replayed.passes());
        }
        return StepReplay.join(together, timings, passes, span -> {});
    }

    /** What the step costs. */
    public StepCost cost() {
        StepReplay replay = replay();
        List<StageTime> groups = new ArrayList<>();
        for (int stage = 0; stage < job.plan().pipeline(); stage++) {
            for (int i = 0; i < classes.size(); i++) {
                groups.add(new StageTime(
                        stage,
                        classes.get(i).gpusPerStage(job.plan()),
                        replay.stage(i, stage).booked()));
            }
        }
        double reduction = together.reductionSeconds();
        return StepSummary.of(job, reduction, replay.endNanos(), groups, memory(), meanPeakFlops());
    }

    private ReplicaTiming timing(ReplicaClass alike) {
        StepTiming timing = pricing.alone(alike.stages());
        return new ReplicaTiming(
                alike.name(),
                timing,
                uneven.program(alike.microBatches()),
                alike.stages().stream().map(pricing::messages).toList(),
                alike.stages().stream().map(LockstepRanks::meanOverSlowest).toList(),
                condition.jitter().map(jitter -> draws(alike, jitter)).orElse(JitterDraws.NONE));
    }

    /** Draws for the only block of a class: of each stage and micro-batch the largest and the mean over the ranks. */
    private JitterDraws draws(ReplicaClass alike, ComputeJitter jitter) {
        int stages = job.plan().pipeline();
        double[][] most = new double[stages][alike.microBatches()];
        double[][] mean = new double[stages][alike.microBatches()];
        int ranks = ReplicaClass.ranks(job.plan(), alike.replicas());
        for (int stage = 0; stage < stages; stage++) {
            int first = ReplicaClass.firstRank(
                    job.plan(), alike.replicas(), alike.blocks().get(0), stage);
            double slowest = 1;
            double sum = 0;
            for (int rank = first; rank < first + ranks; rank++) {
                double time = 1 / condition.rank(rank).speed();
                slowest = Math.max(slowest, time);
                sum += time;
                ContinuousSampler draw = jitter.ofRank(rank);
                for (int i = 0; i < alike.microBatches(); i++) {
                    double own = time * draw.sample();
                    most[stage][i] = Math.max(most[stage][i], own);
                    mean[stage][i] += own;
                }
            }
            for (int i = 0; i < alike.microBatches(); i++) {
                most[stage][i] /= slowest;
                mean[stage][i] /= sum;
            }
        }
        return new JitterDraws(most, mean);
    }

    private double meanPeakFlops() {
        double sum = 0;
        double gpus = 0;
        for (Map.Entry<Optional<NodeSpec>, Integer> type :
                UnevenPricing.gpusByNode(classes).entrySet()) {
            sum += type.getValue()
                    * pricing.on(type.getKey())
                            .cluster()
                            .node()
                            .gpu()
                            .peak(job.precision().products());
            gpus += type.getValue();
        }
        return sum / gpus;
    }

    /** Memory of the type of GPU that is nearest to its limit, of the stages that lie on it. */
    private MemoryEstimate memory() {
        MemoryEstimate tightest = null;
        for (Optional<NodeSpec> node : UnevenPricing.gpusByNode(classes).keySet()) {
            MemoryEstimate all = MemoryModel.estimate(pricing.on(node).with(largestBatch()));
            List<StageMemory> own = all.stages().stream()
                    .filter(stage -> isOn(node, stage.stage()))
                    .toList();
            MemoryEstimate ofType = new MemoryEstimate(own, all.capacityBytes(), all.offloaded());
            tightest = tightest == null || use(ofType) > use(tightest) ? ofType : tightest;
        }
        return tightest;
    }

    private static double use(MemoryEstimate memory) {
        return memory.peak().totalBytes() / memory.capacityBytes();
    }

    private boolean isOn(Optional<NodeSpec> node, int stage) {
        return classes.stream()
                .flatMap(alike -> alike.stages().get(stage).parts().stream())
                .anyMatch(part -> part.node().equals(node));
    }

    /** As if every replica had the micro-batches of the one that has most; more of them never take less memory. */
    private Batch largestBatch() {
        Batch batch = job.batch();
        int most = classes.stream().mapToInt(ReplicaClass::microBatches).max().orElseThrow();
        return new Batch(most * batch.micro() * job.plan().data(), batch.micro(), batch.sequence());
    }
}
