package trainyard.scheduler.policy.goodput;

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
import trainyard.scheduler.cluster.FreeGpus;
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
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.watch.JobWatcher;
import trainyard.scheduler.speed.GoodputSpeed;
import trainyard.scheduler.speed.SpeedModel;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;

class GoodputRoundsTest {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    /** Twice as fast on two GPUs and four times on four: no exchange, no start of a pass, and noise that any batch is as good with. */
    private static final TrainingProfile LINEAR = new TrainingProfile(
            new ThroughputModel(0, 0.001, 0, 0, 0, 0, 1), List.of(1e12), new BatchRange(64, 64, 64, 1, 64));
    /** Slower on several nodes. */
    private static final TrainingProfile NETWORKED = new TrainingProfile(
            new ThroughputModel(0.01, 0.001, 0.002, 0.001, 0.05, 0.005, 2),
            List.of(300.0, 3000.0),
            new BatchRange(64, 128, 1024, 8, 128));

    private static final TrainingProfiles PROFILES =
            new TrainingProfiles(Map.of("linear", LINEAR, "networked", NETWORKED));
    private static final GoodputRules RULES = GoodputRules.POLLUX.with(PROFILES);

    private static ClusterJob job(String id, long submitSeconds, int gpus, long runSeconds) {
        return ClusterJob.of(id, submitSeconds * SECOND, gpus, runSeconds * SECOND)
                .with(JobTraits.NONE.withSize(JobSize.elastic(1, 64)));
    }

    private static RunOptions options(int gpusPerNode) {
        return RunOptions.plain().withSpeed(new GoodputSpeed(PROFILES, true, gpusPerNode, SpeedModel.CONSTANT));
    }

    private static ClusterOutcome run(
            List<ClusterJob> jobs, int nodes, int gpus, GoodputRules rules, RunOptions options) {
        return ClusterSimulation.run(
                jobs, FreeGpus.equal(nodes, gpus), new AnyGpus(), new GoodputRounds(rules), options.withAccounts());
    }

    /** 1,200 s on one GPU: 60 s on one, 60 s on two, 60 s on four are 420 s of it; 780 s on four, its most, are 195. */
    @Test
    void aJobAloneDoublesEachRound() {
        ClusterOutcome outcome = run(List.of(job("linear/1", 0, 1, 1200)), 1, 4, RULES, options(4));

        assertEquals(60 + 60 + 60 + 195, outcome.jobs().get(0).endNanos() / (double) SECOND, 1e-6);
        assertEquals(0, outcome.preemptions());
    }

    @Test
    void withoutExploringItHasThemAtOnce() {
        GoodputRules rules = new GoodputRules(
                60 * SECOND, -1, 30 * SECOND, true, false, 100, 100, PROFILES, new RandomStreams(0, 0));

        assertEquals(
                300 * SECOND,
                run(List.of(job("linear/1", 0, 1, 1200)), 1, 4, rules, options(4))
                        .jobs()
                        .get(0)
                        .endNanos());
    }

    /** A restart costs 30 s. The second job comes in a round and waits for the next one, at 120 s, when the first has two GPUs of four. */
    @Test
    void whoComesWaitsForTheNextRound() {
        JobCosts costs = new JobCosts(30 * SECOND, 0, CheckpointCycle.NONE, 0, OnStop.SAVES);

        ClusterOutcome outcome = run(
                List.of(job("linear/1", 0, 1, 4000), job("linear/2", 61, 1, 10)),
                1,
                4,
                RULES,
                options(4).withCosts((job, gpus) -> costs));

        assertEquals(120 * SECOND, outcome.jobs().get(1).startNanos());
        assertEquals(160 * SECOND, outcome.jobs().get(1).endNanos());
    }

    /** One that may not be stopped has what it wants at once, and keeps it while the other one grows to the rest. */
    @Test
    void aJobThatMayNotBeStoppedKeepsWhatItHas() {
        ClusterJob pinned = job("linear/1", 0, 2, 900);
        ClusterJob fixed = pinned.with(pinned.traits().withPreemptible(false));
        Starts starts = new Starts();

        run(List.of(fixed, job("linear/2", 0, 1, 900)), 1, 4, RULES, options(4).withWatcher(starts));

        assertEquals(1, starts.count(0));
        assertEquals(2, starts.mostGpus(0));
        assertTrue(starts.count(1) > 1);
    }

    @Test
    void jobsOfWhichNothingIsKnownHaveWhatTheyWant() {
        Starts starts = new Starts();

        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("trace", 0, 6, 600 * SECOND), job("networked/1", 0, 2, 600)),
                2,
                4,
                RULES,
                options(4).withWatcher(starts));

        assertTrue(outcome.jobs().stream().allMatch(job -> job.isDone()));
        assertEquals(6, starts.mostGpus(0));
        assertEquals(6, starts.leastGpus(0));
    }

    /** Counts starts, and what jobs had. */
    private static final class Starts implements JobWatcher {

        private final Map<Integer, List<Integer>> gpus = new TreeMap<>();

        @Override
        public void started(long nowNanos, int job, NodeShares shares) {
            gpus.computeIfAbsent(job, number -> new ArrayList<>()).add(shares.total());
        }

        int count(int job) {
            return gpus.get(job).size();
        }

        int mostGpus(int job) {
            return gpus.get(job).stream().mapToInt(Integer::intValue).max().orElseThrow();
        }

        int leastGpus(int job) {
            return gpus.get(job).stream().mapToInt(Integer::intValue).min().orElseThrow();
        }
    }

    /** Holds the books of each node after every pass. */
    private static final class Books implements JobWatcher {

        private final Map<Integer, Map<Integer, Integer>> byJob = new TreeMap<>();
        private final int nodes;
        private final int gpusPerNode;
        private final TreeMap<Integer, Long> waiting = new TreeMap<>();
        private long freeSince = Long.MAX_VALUE;
        private int spreadStarts;

        Books(int nodes, int gpusPerNode) {
            this.nodes = nodes;
            this.gpusPerNode = gpusPerNode;
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
            }
            assertFalse(byJob.containsKey(job), "job " + job + " runs twice");
            byJob.put(job, held);
            spreadStarts += held.size() > 1 ? 1 : 0;
            waiting.remove(job);
        }

        @Override
        public void stopped(long nowNanos, int job) {
            byJob.remove(job);
        }

        /** A pass is over: no GPU is held twice, no node has parts of two jobs on several nodes, and no job waits for longer than a round beside free GPUs. */
        @Override
        public void scattered(long nowNanos, int gpus) {
            int free = 0;
            for (int node = 0; node < nodes; node++) {
                int held = 0;
                int spread = 0;
                for (Map<Integer, Integer> job : byJob.values()) {
                    held += job.getOrDefault(node, 0);
                    spread += job.size() > 1 && job.containsKey(node) ? 1 : 0;
                }
                assertTrue(held <= gpusPerNode, held + " GPUs of node " + node);
                assertTrue(spread <= 1, spread + " jobs on several nodes meet on node " + node);
                free += gpusPerNode - held;
            }
            freeSince = free == 0 ? Long.MAX_VALUE : Math.min(freeSince, nowNanos);
            boolean late =
                    waiting.values().stream().anyMatch(since -> nowNanos - Math.max(since, freeSince) > 60 * SECOND);
            assertFalse(late, "a job waits beside " + free + " free GPUs");
        }
    }

    @Test
    void noGpuIsHeldTwiceAndNoJobWaitsBesideFreeOnes() {
        for (int seed = 0; seed < 4; seed++) {
            List<ClusterJob> jobs = random(seed, 25);
            Books books = new Books(3, 4);
            JobCosts costs = new JobCosts(30 * SECOND, 0, CheckpointCycle.NONE, 0, OnStop.SAVES);

            ClusterOutcome outcome = run(
                    jobs,
                    3,
                    4,
                    RULES.searching(30, 30),
                    options(4).withCosts((job, gpus) -> costs).withWatcher(books));

            assertTrue(outcome.jobs().stream().allMatch(job -> job.isDone()));
            assertTrue(books.spreadStarts > 0, "no job was ever on several nodes");
            assertEquals(
                    outcome.endNanos(),
                    run(jobs, 3, 4, RULES.searching(30, 30), options(4).withCosts((job, gpus) -> costs))
                            .endNanos());
        }
    }

    private static List<ClusterJob> random(int seed, int count) {
        Random random = new Random(seed);
        List<ClusterJob> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String kind = random.nextBoolean() ? "linear/" : "networked/";
            jobs.add(job(kind + i, random.nextInt(6_000), 1 + random.nextInt(4), random.nextInt(60, 4_000)));
        }
        return jobs;
    }

    /**
     * 60 s on one node, 30 s on both until one breaks for ten minutes: the 60 s are kept, since it saved them when it grew. From 90 s to 690 s it has the other
     * node, which makes 660 s of 1,200, and then both.
     */
    @Test
    void aJobWhoseNodeFailsGoesOnElsewhere() {
        ClusterOutcome outcome = run(
                List.of(job("linear/1", 0, 1, 1200)),
                2,
                1,
                RULES,
                options(1).withOutages(NodeOutages.of(List.of(NodeOutage.fault(90 * SECOND, 0, 1, 600 * SECOND))), 1));

        assertEquals(690 + 540 / 2.0, outcome.jobs().get(0).endNanos() / (double) SECOND, 1e-6);
        assertEquals(1, outcome.jobs().get(0).losses().failures());
    }

    /** Nodes break, are maintained and come back; the books of all GPUs add up, and no job is lost. */
    @Test
    void booksAddUpWhileNodesComeAndGo() {
        List<NodeOutage> outages = new ArrayList<>();
        for (int i = 1; i < 12; i++) {
            outages.add(
                    i % 2 == 0
                            ? NodeOutage.fault(700L * i * SECOND, i % 3, i % 3 + 1, 400 * SECOND)
                            : NodeOutage.announced(
                                    NodeOutage.Kind.MAINTENANCE,
                                    700L * i * SECOND,
                                    i % 3,
                                    i % 3 + 1,
                                    120 * SECOND,
                                    400 * SECOND));
        }
        JobCosts costs = new JobCosts(30 * SECOND, 5 * SECOND, CheckpointCycle.NONE, 2 * SECOND, OnStop.SAVES);

        ClusterOutcome outcome = run(
                random(9, 25),
                3,
                4,
                RULES.searching(30, 30),
                options(4).withCosts((job, gpus) -> costs).withOutages(NodeOutages.of(outages), 1));

        assertTrue(outcome.jobs().stream().allMatch(job -> job.isDone()));
        assertEquals(
                BigInteger.valueOf(outcome.endNanos()).multiply(BigInteger.valueOf(12)),
                outcome.ledger().orElseThrow().total());
    }
}
