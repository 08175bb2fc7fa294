package trainyard.scheduler.peer.pollux;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.scheduler.policy.goodput.AllocationMatrix;
import trainyard.scheduler.policy.goodput.AllocationProblem;
import trainyard.scheduler.policy.goodput.AllocationRow;
import trainyard.scheduler.policy.goodput.AllocationSearch;
import trainyard.scheduler.policy.goodput.Contender;
import trainyard.sim.random.RandomStreams;

/**
 * Its {@code pollux}, as far as it is known what it draws: fitness, restart penalty, limits and batches are those of its simulator, the search is that of
 * {@link AllocationSearch} in place of NSGA-II of pymoo. Jobs know the measured step times of a placement, where there they fit a model to those
 * that they have seen.
 */
final class GoodputAllocation implements AllocationPolicy {

    private static final double RESTART_SECONDS = 30;
    private static final int POPULATION = 100;
    private static final int GENERATIONS = 100;
    private static final int MOST_REPLICAS = 64;
    private static final String ONE_GPU_ONLY = "ncf";
    private static final int BATCH_OF_IT = 32_768;

    private final int nodes;
    private final int gpusPerNode;
    private final boolean avoidsInterference;
    private final UniformRandomProvider random = new RandomStreams(0, 0).stream("pollux");
    private final Map<String, AdaptiveBatch> batches = new HashMap<>();
    private List<Map<String, AllocationRow>> population = List.of();

    /**
     * @param avoidsInterference whether at most one job of those on several nodes is on a node
     */
    GoodputAllocation(int nodes, int gpusPerNode, boolean avoidsInterference) {
        this.nodes = nodes;
        this.gpusPerNode = gpusPerNode;
        this.avoidsInterference = avoidsInterference;
    }

    @Override
    public TrainingJob.BatchChoice batches(PolluxJob job, Application application) {
        AdaptiveBatch batch = new AdaptiveBatch(application);
        batches.put(job.name(), batch);
        return isOnOneGpu(application)
                ? placement -> TrainingJob.fixed(
                        application, BATCH_OF_IT, Arrays.stream(placement).sum())
                : batch;
    }

    private static boolean isOnOneGpu(Application application) {
        return application.name().equals(ONE_GPU_ONLY);
    }

    @Override
    public Map<String, List<Integer>> allocate(
            long nowSeconds, List<TrainingJob> jobs, Map<String, List<Integer>> before) {
        int fair = (nodes * gpusPerNode + jobs.size() - 1) / jobs.size();
        int[] capacity = new int[nodes];
        Arrays.fill(capacity, gpusPerNode);
        AllocationProblem problem = new AllocationProblem(
                jobs.stream()
                        .map(job -> contender(
                                nowSeconds, job, row(before.get(job.job().name())), fair))
                        .toList(),
                capacity,
                new boolean[nodes],
                -1,
                avoidsInterference);
        List<AllocationRow[]> seeds = new ArrayList<>();
        seeds.add(problem.jobs().stream().map(Contender::now).toArray(AllocationRow[]::new));
        for (Map<String, AllocationRow> one : population) {
            seeds.add(jobs.stream()
                    .map(job -> one.getOrDefault(job.job().name(), AllocationRow.none(nodes)))
                    .toArray(AllocationRow[]::new));
        }
        List<AllocationMatrix> found =
                new AllocationSearch(problem, random).run(seeds, POPULATION, GENERATIONS, GENERATIONS);
        population = found.stream().map(one -> byName(jobs, one)).toList();
        return nodesOf(jobs, found.get(0).all(jobs.size(), AllocationRow.none(nodes)));
    }

    private AllocationRow row(List<Integer> nodesOfJob) {
        int[] gpus = new int[nodes];
        if (nodesOfJob != null) {
            nodesOfJob.forEach(node -> gpus[node]++);
        }
        return new AllocationRow(gpus);
    }

    private Contender contender(long nowSeconds, TrainingJob job, AllocationRow now, int fair) {
        double age = nowSeconds - job.job().submitSeconds();
        double factor = Math.max(0, age - job.restarts() * RESTART_SECONDS) / (age + RESTART_SECONDS);
        AdaptiveBatch batch = batches.get(job.job().name());
        Application application = job.application();
        if (isOnOneGpu(application) || !batch.isKnown()) {
            return new Contender(1, 1, now, factor, (gpus, onNodes) -> gpus / (double) fair);
        }
        int most = Math.min(MOST_REPLICAS, application.mostBatch() / application.leastLocalBatch());
        int share = Math.min(fair, most);
        double base = batch.goodput(packed(share, (share + gpusPerNode - 1) / gpusPerNode));
        Map<Integer, Double> known = new HashMap<>();
        return new Contender(
                1,
                Math.min(most, 2 * batch.mostReplicas()),
                now,
                factor,
                (gpus, onNodes) -> known.computeIfAbsent(
                        gpus * (nodes + 1) + onNodes, key -> batch.goodput(packed(gpus, onNodes)) / base));
    }

    /** Replicas on each of some nodes, as many as there are GPUs on the first ones. */
    private int[] packed(int gpus, int onNodes) {
        int[] placement = new int[onNodes];
        int left = gpus - onNodes;
        for (int node = 0; node < onNodes; node++) {
            placement[node] = 1 + Math.min(left, gpusPerNode - 1);
            left -= placement[node] - 1;
        }
        return placement;
    }

    private static Map<String, AllocationRow> byName(List<TrainingJob> jobs, AllocationMatrix allocation) {
        Map<String, AllocationRow> byName = new HashMap<>();
        for (int i = 0; i < allocation.jobs().length; i++) {
            byName.put(jobs.get(allocation.jobs()[i]).job().name(), allocation.rows()[i]);
        }
        return byName;
    }

    private Map<String, List<Integer>> nodesOf(List<TrainingJob> jobs, AllocationRow[] rows) {
        Map<String, List<Integer>> allocations = new LinkedHashMap<>();
        for (int i = 0; i < rows.length; i++) {
            List<Integer> of = new ArrayList<>();
            for (int node = 0; node < nodes; node++) {
                for (int gpu = 0; gpu < rows[i].gpus(node); gpu++) {
                    of.add(node);
                }
            }
            allocations.put(jobs.get(i).job().name(), of);
        }
        return allocations;
    }
}
