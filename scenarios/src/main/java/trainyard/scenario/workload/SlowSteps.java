package trainyard.scenario.workload;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
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
 * which rank of a group of tensor-parallel ranks, so conditions that differ in that alone are priced once.
 */
final class SlowSteps implements StepTimes {

    private final StepTimes healthy;
    private final ToLongFunction<JobCondition> steps;
    private final TrainingJob job;
    private final int gpusPerNode;
    private final int perReplica;
    private final Map<JobCondition, Double> known = new ConcurrentHashMap<>();
    private double wholeNanos;

    SlowSteps(StepTimes healthy, StepModel model, TrainingJob job) {
        this.healthy = healthy;
        this.steps = model.stepNanos(job);
        this.job = job;
        gpusPerNode = job.cluster().node().gpus();
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
        SortedMap<Integer, SortedMap<Integer, RankCondition>> byReplica = new TreeMap<>();
        for (SlowPart part : slow) {
            boolean one = part.kind() == SlowPart.Kind.GPU;
            int first = part.slot() * gpusPerNode + (one ? part.place() : 0);
            int end = Math.min(job.plan().gpus(), one ? first + 1 : first + gpusPerNode);
            for (int gpu = first; gpu < end; gpu++) {
                byReplica
                        .computeIfAbsent(gpu / perReplica, replica -> new TreeMap<>())
                        .merge(groupOf(gpu % perReplica), of(part), SlowSteps::worse);
            }
        }
        List<SortedMap<Integer, RankCondition>> alike = inOneOrder(byReplica.values());
        SortedMap<Integer, RankCondition> ranks = new TreeMap<>();
        for (int replica = 0; replica < alike.size(); replica++) {
            int data = replica;
            alike.get(replica).forEach((place, condition) -> ranks.put(rank(data, place), condition));
        }
        return JobCondition.of(ranks);
    }

    /** Replicas in an order that does not depend on which they are. */
    private static List<SortedMap<Integer, RankCondition>> inOneOrder(
            Collection<SortedMap<Integer, RankCondition>> replicas) {
        Map<SortedMap<Integer, RankCondition>, String> names = new HashMap<>();
        replicas.forEach(ranks -> names.computeIfAbsent(ranks, Object::toString));
        return replicas.stream().sorted(Comparator.comparing(names::get)).toList();
    }

    /** The first of the tensor-parallel ranks that wait for each other. */
    private int groupOf(int place) {
        return place - place % job.plan().tensor();
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
    private int rank(int replica, int place) {
        int perStage = job.plan().tensor() * job.plan().context();
        return place / perStage * job.plan().degrees().ranksPerStage() + replica * perStage + place % perStage;
    }
}
