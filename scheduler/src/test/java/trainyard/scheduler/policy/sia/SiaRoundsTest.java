package trainyard.scheduler.policy.sia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.goodput.BatchRange;
import trainyard.scheduler.goodput.ThroughputModel;
import trainyard.scheduler.goodput.TrainingProfile;
import trainyard.scheduler.goodput.TrainingProfiles;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobSize;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.outage.NodeOutage;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.InPools;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.policy.goodput.GoodputRounds;
import trainyard.scheduler.policy.goodput.GoodputRules;
import trainyard.scheduler.policy.share.ShareKind;
import trainyard.scheduler.policy.share.ShareRounds;
import trainyard.scheduler.policy.share.ShareRules;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.scheduler.run.watch.JobWatcher;
import trainyard.scheduler.speed.GoodputSpeed;
import trainyard.scheduler.speed.PoolSpeeds;
import trainyard.scheduler.speed.SpeedModel;
import trainyard.sim.engine.SimTime;

class SiaRoundsTest {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    /** Any number of GPUs is as many times faster: no exchange, and noise that any batch is as good with. */
    private static final TrainingProfile LINEAR = new TrainingProfile(
            new ThroughputModel(0, 0.001, 0, 0, 0, 0, 1), List.of(1e12), new BatchRange(64, 64, 64, 1, 64));
    /** 64 samples take 64 ms on one GPU and 32 + 64/1.4 - 32 ms on two: 1.4 times faster. */
    private static final TrainingProfile WEAK = new TrainingProfile(
            new ThroughputModel(0, 0.001, 0.064 / 1.4 - 0.032, 0, 0, 0, 1),
            List.of(1e12),
            new BatchRange(64, 64, 64, 1, 64));
    /** Slower on several nodes. */
    private static final TrainingProfile NETWORKED = new TrainingProfile(
            new ThroughputModel(0.01, 0.001, 0.002, 0.001, 0.05, 0.005, 2),
            List.of(300.0, 3000.0),
            new BatchRange(64, 128, 1024, 8, 128));

    private static final TrainingProfiles PROFILES =
            new TrainingProfiles(Map.of("linear", LINEAR, "flat", LINEAR, "weak", WEAK, "networked", NETWORKED));

    /** Old GPUs have a quarter of the speed; jobs of one class are as fast on both. */
    private static final PoolSpeeds SPEEDS = new PoolSpeeds(Map.of("old", 0.25), Map.of("old", Map.of("flat", 1.0)));

    private static ClusterLayout layout(int oldNodes, int oldGpus, int newNodes, int newGpus) {
        return ClusterLayout.of(List.of(
                NodePool.of("old", oldNodes, oldGpus).withGpuType("old"),
                NodePool.of("new", newNodes, newGpus).withGpuType("new")));
    }

    private static ClusterJob job(String id, long submitSeconds, int gpus, long runSeconds) {
        return ClusterJob.of(id, submitSeconds * SECOND, gpus, runSeconds * SECOND)
                .with(JobTraits.NONE.withSize(JobSize.elastic(1, 64)));
    }

    private static SiaRules rules(ClusterLayout layout, boolean explores) {
        List<GpuPool> pools = layout.pools().stream()
                .map(pool -> new GpuPool(pool.gpuType(), pool.nodes(), pool.gpusPerNode()))
                .toList();
        return new SiaRules(60 * SECOND, -0.5, 1.1, 30 * SECOND, explores, pools, SPEEDS, PROFILES);
    }

    private static ClusterOutcome run(
            ClusterLayout layout,
            SchedulingPolicy policy,
            boolean choosesBatch,
            RunOptions options,
            List<ClusterJob> jobs) {
        int perNode =
                layout.pools().stream().mapToInt(NodePool::gpusPerNode).max().orElseThrow();
        SpeedModel trained = new GoodputSpeed(PROFILES, choosesBatch, perNode, SpeedModel.CONSTANT);
        return ClusterSimulation.run(
                jobs,
                layout.free(),
                new InPools(layout, new Consolidate(Consolidate.Choice.BEST_FIT)),
                policy,
                options.withSpeed(SPEEDS.times(trained, layout)).withAccounts());
    }

    private static List<Double> ends(ClusterLayout layout, boolean explores, ClusterJob... jobs) {
        return run(layout, new SiaRounds(rules(layout, explores)), true, RunOptions.plain(), List.of(jobs))
                .jobs()
                .stream()
                .map(job -> job.endNanos() / (double) SECOND)
                .toList();
    }

    /**
     * Of a job that is four times as fast on a new GPU, four old ones count 4 and two new ones 8; of one that is as fast on both, 4 and 2. With p = -1/2 the first on the new
     * ones and the second on the old ones cost 8^-1/2 + 4^-1/2 = 0.85, the other way 4^-1/2 + 2^-1/2 = 1.21. So 800 s of work take 400 and 200 s.
     */
    @Test
    void whoGainsMostHasTheNewGpus() {
        assertEquals(
                List.of(200.0, 400.0),
                ends(layout(1, 4, 1, 2), false, job("flat/1", 0, 1, 800), job("linear/1", 0, 1, 800)));
    }

    /**
     * On two GPUs it is 1.4 times as fast. At 60 s a restart of 30 s counts for a factor of 60 / 90, and (1.4 x 60 / 90)^-1/2 = 1.04 costs more than the 1 that
     * it has; at 120 s it is 120 / 150, and 0.94. So of 1,000 s 120 are done then, and 880 / 1.4 s are left.
     */
    @Test
    void itMovesOnceThatPaysForTheRestart() {
        assertEquals(
                120 + 880 / 1.4,
                ends(layout(1, 1, 1, 2), true, onNew(job("weak/1", 0, 1, 1000))).get(0),
                1e-6);
    }

    private static ClusterJob onNew(ClusterJob job) {
        return job.with(job.traits().withGpuType("new"));
    }

    /** 1,200 s on one GPU: a round each on one, two and four are 420 s of it, and 780 s on eight take 97.5. */
    @Test
    void aJobAloneDoublesEachRound() {
        assertEquals(
                180 + 780 / 8.0,
                ends(layout(1, 1, 1, 8), true, onNew(job("linear/1", 0, 1, 1200)))
                        .get(0),
                1e-6);
    }

    /**
     * Three jobs of 100 s on two GPUs. Two begin. At 60 s one on both and none for the others cost (2 x 60 / 90)^-1/2 + 2 x 1.1 = 3.07, less than the 1 + 1 + 1.1 of
     * two on one each: the first one is done at 80 s. Of the two that wait then 2^-1/2 + 1.1 is less than 1 + 1 again at 120 s: the second one, which had one
     * already, is done at 140 s. The last one begins on one at 180 s, and does the other 40 s from 240 s on in 20.
     */
    @Test
    void whoIsNearlyDoneIsServedBeforeThoseThatWait() {
        List<ClusterJob> jobs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            jobs.add(onNew(job("linear/" + i, 0, 1, 100)));
        }

        assertEquals(List.of(80.0, 140.0, 260.0), ends(layout(1, 1, 1, 2), true, jobs.toArray(ClusterJob[]::new)));
    }

    /** One that may not be stopped has what it wants and keeps it; one whose run time alone is known has that, too, on the pool that is left. */
    @Test
    void jobsOfOneSizeHaveThatSize() {
        ClusterJob pinned = job("linear/1", 0, 2, 900);
        List<ClusterJob> jobs = List.of(
                onNew(pinned.with(pinned.traits().withPreemptible(false))),
                ClusterJob.of("trace", 0, 3, 300 * SECOND),
                job("flat/2", 0, 1, 900));
        ClusterLayout layout = layout(2, 4, 1, 2);
        Books books = new Books(layout);

        ClusterOutcome outcome = run(
                layout,
                new SiaRounds(rules(layout, true)),
                true,
                RunOptions.plain().withWatcher(books),
                jobs);

        assertEquals(List.of(2), books.sizes(0));
        assertEquals(List.of(3), books.sizes(1));
        assertTrue(outcome.jobs().stream().allMatch(JobOutcome::isDone));
    }

    /** Holds the books of each node after every pass, and the valid set. */
    private static final class Books implements JobWatcher {

        private final ClusterLayout layout;
        private final Map<Integer, List<Integer>> sizes = new TreeMap<>();
        private final Map<Integer, Map<Integer, Integer>> byJob = new TreeMap<>();
        private final TreeMap<Integer, Long> waiting = new TreeMap<>();
        private long freeSince = Long.MAX_VALUE;
        private int moves;

        Books(ClusterLayout layout) {
            this.layout = layout;
        }

        List<Integer> sizes(int job) {
            return sizes.get(job);
        }

        @Override
        public void queued(long nowNanos, int job) {
            waiting.put(job, nowNanos);
        }

        @Override
        public void started(long nowNanos, int job, NodeShares shares) {
            Map<Integer, Integer> held = new TreeMap<>();
            for (int i = 0; i < shares.count(); i++) {
                held.put(shares.node(i), shares.gpus(i));
                assertEquals(layout.pool(shares.node(0)), layout.pool(shares.node(i)), "a job has one type of GPU");
                assertTrue(
                        shares.count() == 1 || shares.gpus(i) == layout.gpus(shares.node(i)),
                        "a job on several nodes has whole ones");
            }
            assertFalse(byJob.containsKey(job), "job " + job + " runs twice");
            byJob.put(job, held);
            moves += sizes.containsKey(job) ? 1 : 0;
            sizes.computeIfAbsent(job, number -> new ArrayList<>()).add(shares.total());
            waiting.remove(job);
        }

        @Override
        public void stopped(long nowNanos, int job) {
            byJob.remove(job);
        }

        /** A pass is over: no GPU is held twice, and no job waits for longer than a round beside free GPUs. */
        @Override
        public void scattered(long nowNanos, int gpus) {
            int free = 0;
            for (int node = 0; node < layout.nodes(); node++) {
                int held = 0;
                for (Map<Integer, Integer> job : byJob.values()) {
                    held += job.getOrDefault(node, 0);
                }
                assertTrue(held <= layout.gpus(node), held + " GPUs of node " + node);
                free += layout.gpus(node) - held;
            }
            freeSince = free == 0 ? Long.MAX_VALUE : Math.min(freeSince, nowNanos);
            boolean late =
                    waiting.values().stream().anyMatch(since -> nowNanos - Math.max(since, freeSince) > 60 * SECOND);
            assertFalse(late, "a job waits beside " + free + " free GPUs");
        }
    }

    private static List<ClusterJob> random(int seed, int count) {
        Random random = new Random(seed);
        List<String> classes = List.of("linear/", "flat/", "weak/", "networked/");
        List<ClusterJob> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String kind = classes.get(random.nextInt(classes.size()));
            jobs.add(job(kind + i, random.nextInt(6_000), 1 + random.nextInt(4), random.nextInt(60, 4_000)));
        }
        return jobs;
    }

    private static RunOptions restarts() {
        return RunOptions.plain()
                .withCosts((job, gpus) -> new JobCosts(30 * SECOND, 0, CheckpointCycle.NONE, 0, OnStop.SAVES));
    }

    @Test
    void noGpuIsHeldTwiceAndNoJobWaitsBesideFreeOnes() {
        for (int seed = 0; seed < 6; seed++) {
            ClusterLayout layout = layout(3, 4, 2, 8);
            List<ClusterJob> jobs = random(seed, 60);
            Books books = new Books(layout);

            ClusterOutcome outcome = run(
                    layout, new SiaRounds(rules(layout, true)), true, restarts().withWatcher(books), jobs);

            assertTrue(outcome.jobs().stream().allMatch(JobOutcome::isDone));
            assertTrue(books.moves > 0, "no job ever moved");
            assertEquals(
                    outcome.endNanos(),
                    run(layout, new SiaRounds(rules(layout, true)), true, restarts(), jobs)
                            .endNanos());
        }
    }

    /** Nodes break, are maintained and come back; the books of all GPUs add up, and no job is lost. */
    @Test
    void booksAddUpWhileNodesComeAndGo() {
        ClusterLayout layout = layout(3, 4, 1, 8);
        List<NodeOutage> outages = new ArrayList<>();
        for (int i = 1; i < 12; i++) {
            int node = i % 4;
            outages.add(
                    i % 2 == 0
                            ? NodeOutage.fault(700L * i * SECOND, node, node + 1, 400 * SECOND)
                            : NodeOutage.announced(
                                    NodeOutage.Kind.MAINTENANCE,
                                    700L * i * SECOND,
                                    node,
                                    node + 1,
                                    120 * SECOND,
                                    400 * SECOND));
        }

        ClusterOutcome outcome = run(
                layout,
                new SiaRounds(rules(layout, true)),
                true,
                restarts().withOutages(NodeOutages.of(outages), 1),
                random(9, 40));

        assertTrue(outcome.jobs().stream().allMatch(JobOutcome::isDone));
        assertEquals(
                BigInteger.valueOf(outcome.endNanos()).multiply(BigInteger.valueOf(20)),
                outcome.ledger().orElseThrow().total());
    }

    /** Where jobs differ in what a type of GPU gives them and in how they scale, who knows both is ahead of who knows one. */
    @Test
    void itIsAheadOfPolluxAndOfGavelOnSeveralTypesOfGpu() {
        ClusterLayout layout = layout(4, 4, 2, 4);
        double sia = 0;
        double pollux = 0;
        double gavel = 0;
        for (int seed = 20; seed < 23; seed++) {
            List<ClusterJob> jobs = random(seed, 20);
            sia += meanCompletion(run(layout, new SiaRounds(rules(layout, true)), true, restarts(), jobs));
            pollux += meanCompletion(run(
                    layout,
                    new GoodputRounds(GoodputRules.POLLUX.with(PROFILES).searching(30, 30)),
                    true,
                    restarts(),
                    jobs));
            ShareRules shares = new ShareRules(
                    ShareKind.MAX_MIN_FAIRNESS,
                    360 * SECOND,
                    layout.pools().stream().map(NodePool::gpuType).toList(),
                    List.of(16, 8),
                    SPEEDS,
                    Map.of());
            List<ClusterJob> rigid = jobs.stream()
                    .map(job -> job.with(job.traits().withSize(JobSize.RIGID)))
                    .toList();
            gavel += meanCompletion(run(layout, new ShareRounds(shares), false, restarts(), rigid));
        }

        assertTrue(sia < 0.75 * pollux, "Sia " + sia + " s, Pollux " + pollux);
        assertTrue(sia < 0.75 * gavel, "Sia " + sia + " s, Gavel " + gavel);
    }

    private static double meanCompletion(ClusterOutcome outcome) {
        return outcome.jobs().stream()
                        .mapToDouble(JobOutcome::completionNanos)
                        .average()
                        .orElseThrow()
                / SECOND;
    }
}
