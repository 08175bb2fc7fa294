package trainyard.scheduler.peer.pollux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Steps of the same length: jobs train, then GPUs are allocated anew. */
public final class PolluxSimulation {

    private static final int MOST_STEPS = 1_000_000;

    private final PolluxCluster cluster;
    private final AllocationPolicy policy;
    private final List<TrainingJob> jobs = new ArrayList<>();
    private Map<String, List<Integer>> allocations = Map.of();
    private long now;

    private PolluxSimulation(PolluxCluster cluster, AllocationPolicy policy) {
        this.cluster = cluster;
        this.policy = policy;
    }

    /**
     * Plays a list of jobs.
     *
     * @param policy {@code tiresias}, {@code optimus}, {@code pollux}, or {@code pollux-noavoid}, which lets jobs on several nodes meet
     * @return seconds from submission to end of each job, by name; empty if it has no such policy
     * @throws IllegalArgumentException if nothing was measured of an application, or a job wants more GPUs than there are
     */
    public static Optional<Map<String, Long>> run(
            List<PolluxJob> list, Applications applications, PolluxCluster cluster, String policy) {
        return policy(policy, cluster).map(decider -> {
            PolluxSimulation simulation = new PolluxSimulation(cluster, decider);
            for (PolluxJob job : list) {
                Application application = applications.named(job.application());
                simulation.jobs.add(new TrainingJob(job, application, decider.batches(job, application)));
            }
            return simulation.run();
        });
    }

    private static Optional<AllocationPolicy> policy(String name, PolluxCluster cluster) {
        return Optional.ofNullable(
                switch (name) {
                    case "tiresias" -> new TwoQueues(cluster.nodes(), cluster.gpusPerNode());
                    case "optimus" -> new MarginalGains(cluster.nodes(), cluster.gpusPerNode());
                    case "pollux" -> new GoodputAllocation(cluster.nodes(), cluster.gpusPerNode(), true);
                    case "pollux-noavoid" -> new GoodputAllocation(cluster.nodes(), cluster.gpusPerNode(), false);
                    default -> null;
                });
    }

    private Map<String, Long> run() {
        int steps = 0;
        while (!jobs.stream().allMatch(TrainingJob::isDone)) {
            if (++steps > MOST_STEPS) {
                throw new IllegalArgumentException("jobs do not end within " + MOST_STEPS + " steps");
            }
            step();
        }
        Map<String, Long> completions = new LinkedHashMap<>();
        jobs.forEach(job -> completions.put(job.job().name(), job.completionSeconds()));
        return completions;
    }

    private void step() {
        Set<Integer> contended = contended();
        for (TrainingJob job : jobs) {
            Set<Integer> nodes =
                    new HashSet<>(allocations.getOrDefault(job.job().name(), List.of()));
            boolean slowed = nodes.size() > 1 && nodes.stream().anyMatch(contended::contains);
            job.step(cluster.intervalSeconds(), slowed ? cluster.interference() : 0);
        }
        now += cluster.intervalSeconds();
        List<TrainingJob> active = jobs.stream()
                .filter(job -> job.job().submitSeconds() <= now && !job.isDone())
                .toList();
        if (!active.isEmpty()) {
            allocate(active);
        }
    }

    /** Nodes on which two jobs or more lie that also lie on others. */
    private Set<Integer> contended() {
        Map<Integer, Integer> distributed = new HashMap<>();
        for (List<Integer> nodes : allocations.values()) {
            Set<Integer> different = new HashSet<>(nodes);
            if (different.size() > 1) {
                different.forEach(node -> distributed.merge(node, 1, Integer::sum));
            }
        }
        distributed.values().removeIf(count -> count < 2);
        return distributed.keySet();
    }

    private void allocate(List<TrainingJob> active) {
        Map<String, List<Integer>> before = new LinkedHashMap<>();
        for (Map.Entry<String, List<Integer>> entry : allocations.entrySet()) {
            if (active.stream().anyMatch(job -> job.job().name().equals(entry.getKey()))) {
                before.put(entry.getKey(), entry.getValue());
            }
        }
        allocations = policy.allocate(now, active, before);
        for (TrainingJob job : active) {
            List<Integer> nodes = allocations.getOrDefault(job.job().name(), List.of());
            if (!nodes.equals(before.getOrDefault(job.job().name(), List.of()))) {
                job.reallocate(placement(nodes));
            }
        }
    }

    /** Replicas on each node. */
    private static int[] placement(List<Integer> nodes) {
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (i == 0 || !nodes.get(i).equals(nodes.get(i - 1))) {
                counts.add(1);
            } else {
                counts.set(counts.size() - 1, counts.get(counts.size() - 1) + 1);
            }
        }
        return counts.stream().mapToInt(Integer::intValue).toArray();
    }
}
