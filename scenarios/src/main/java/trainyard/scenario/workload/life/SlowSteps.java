package trainyard.scenario.workload.life;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import trainyard.faults.recovery.SlowPart;
import trainyard.faults.recovery.StepTimes;
import trainyard.parallel.condition.JobCondition;
import trainyard.parallel.condition.RankCondition;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.step.StepModel;
import trainyard.sim.collective.LinkShares;

/**
 * Step times of a job some of whose parts may be slow. How much longer a step takes then is what the step model says of the
 * job in that condition, over what it says of the healthy one. Which replica a slow part belongs to makes no difference, nor
 * which or how many of the ranks that wait for each other in every pass, so conditions that differ in that alone are priced
 * once.
 */
final class SlowSteps implements StepTimes {

    private static final Comparator<Map.Entry<Integer, RankCondition>> ENTRIES = Comparator.comparingInt(
                    (Map.Entry<Integer, RankCondition> entry) -> entry.getKey())
            .thenComparingDouble(entry -> entry.getValue().speed())
            .thenComparingDouble(entry -> entry.getValue().links().scaleUp())
            .thenComparingDouble(entry -> entry.getValue().links().ports())
            .thenComparingDouble(entry -> entry.getValue().links().uplinks());

    private final StepTimes healthy;
    private final ToLongFunction<JobCondition> steps;
    private final TrainingJob job;
    private final int gpusPerNode;
    private final int perStage;
    private final int perReplica;
    private final int inLockstep;
    private final Map<JobCondition, Double> known = new ConcurrentHashMap<>();
    private double wholeNanos;

    SlowSteps(StepTimes healthy, StepModel model, TrainingJob job) {
        this.healthy = healthy;
        this.steps = model.stepNanos(job);
        this.job = job;
        gpusPerNode = job.cluster().node().gpus();
        perStage = job.plan().tensor() * job.plan().context();
        inLockstep = job.plan().replicasInLockstep();
        perReplica = job.plan().gpus() / job.plan().data();
    }

    @Override
    public long stepNanos(int nodes) {
        return healthy.stepNanos(nodes);
    }

    @Override
    public double stretch(List<SlowPart> slow) {
        return known.computeIfAbsent(condition(slow), this::priced);
    }

    private double priced(JobCondition condition) {
        synchronized (steps) {
            if (wholeNanos == 0) {
                wholeNanos = steps.applyAsLong(JobCondition.EVEN);
            }
            return Math.max(1, steps.applyAsLong(condition) / wholeNanos);
        }
    }

    /** The condition of the job's ranks, with the replicas that have slow parts first. */
    JobCondition condition(List<SlowPart> slow) {
        SortedMap<Integer, SortedMap<Integer, RankCondition>> byBlock = new TreeMap<>();
        for (SlowPart part : slow) {
            boolean one = part.kind() == SlowPart.Kind.GPU;
            int first = part.slot() * gpusPerNode + (one ? part.place() : 0);
            int end = Math.min(job.plan().gpus(), one ? first + 1 : first + gpusPerNode);
            for (int gpu = first; gpu < end; gpu = (gpu / perStage + 1) * perStage) {
                byBlock.computeIfAbsent(gpu / perReplica / inLockstep, block -> new TreeMap<>())
                        .merge(gpu % perReplica / perStage, of(part), SlowSteps::worse);
            }
        }
        List<SortedMap<Integer, RankCondition>> alike =
                byBlock.values().stream().sorted(SlowSteps::compare).toList();
        SortedMap<Integer, RankCondition> ranks = new TreeMap<>();
        for (int block = 0; block < alike.size(); block++) {
            int replica = block * inLockstep;
            alike.get(block).forEach((stage, condition) -> ranks.put(rank(replica, stage), condition));
        }
        return JobCondition.of(ranks);
    }

    /** Some order of what replicas suffer from, whichever replicas they are. */
    private static int compare(SortedMap<Integer, RankCondition> a, SortedMap<Integer, RankCondition> b) {
        Iterator<Map.Entry<Integer, RankCondition>> ofB = b.entrySet().iterator();
        for (Map.Entry<Integer, RankCondition> ofA : a.entrySet()) {
            if (!ofB.hasNext()) {
                return 1;
            }
            int order = ENTRIES.compare(ofA, ofB.next());
            if (order != 0) {
                return order;
            }
        }
        return ofB.hasNext() ? -1 : 0;
    }

    private static RankCondition of(SlowPart part) {
        double share = part.share();
        return switch (part.kind()) {
            case GPU, NODE -> RankCondition.HEALTHY.withSpeed(share);
            case PORTS -> RankCondition.HEALTHY.withLinks(new LinkShares(1, share, 1));
            case UPLINKS -> RankCondition.HEALTHY.withLinks(new LinkShares(1, 1, share));
        };
    }

    private static RankCondition worse(RankCondition a, RankCondition b) {
        return a.withSpeed(Math.min(a.speed(), b.speed())).withLinks(a.links().least(b.links()));
    }

    /** Ranks are numbered with the tensor index fastest, then context, then data, then pipeline. */
    private int rank(int replica, int stage) {
        return stage * job.plan().degrees().ranksPerStage() + replica * perStage;
    }
}
