package trainyard.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.catalog.PolicyOptions;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.goodput.BatchRange;
import trainyard.scheduler.goodput.ThroughputModel;
import trainyard.scheduler.goodput.TrainingProfile;
import trainyard.scheduler.goodput.TrainingProfiles;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobSize;
import trainyard.scheduler.job.JobStages;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.InPools;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.policy.goodput.GoodputRounds;
import trainyard.scheduler.policy.goodput.GoodputRules;
import trainyard.scheduler.policy.share.ShareKind;
import trainyard.scheduler.policy.share.ShareRounds;
import trainyard.scheduler.policy.share.ShareRules;
import trainyard.scheduler.policy.sia.GpuPool;
import trainyard.scheduler.policy.sia.SiaRounds;
import trainyard.scheduler.policy.sia.SiaRules;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.speed.GoodputSpeed;
import trainyard.scheduler.speed.PoolSpeeds;
import trainyard.scheduler.speed.SpeedModel;
import trainyard.sim.engine.SimTime;

/**
 * What one decision costs of the policies that decide in rounds and solve a program or search for it: all jobs there from the beginning, and as
 * many rounds as the horizon holds.
 */
final class RoundTable {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;
    private static final int CLASSES = 12;
    private static final double NANOS_PER_MILLISECOND = 1e6;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int[][] SIZES = {{64, 64}, {160, 64}, {250, 512}, {500, 1_024}, {1_000, 2_048}};
    /** Jobs that wait for few GPUs. */
    private static final int[] LONG_QUEUE = {1_000, 64};

    private enum Decider {
        /** Jobs on three types of GPU, which choose types, numbers and batches by a mixed-integer program. */
        SIA("sia", 1_790),
        /** Jobs of one GPU on three types, whose shares are chosen by a linear program when jobs have come or gone. */
        SHARES("shares", 3 * 3_600),
        /** The same jobs as for sia on one type, GPUs and batches by a genetic search. */
        GOODPUT("goodput", 600),
        /** Jobs that take turns, in groups by matchings. */
        MURI_S("muri-s", 3_600);

        private final String word;
        private final long horizonSeconds;

        Decider(String word, long horizonSeconds) {
            this.word = word;
            this.horizonSeconds = horizonSeconds;
        }

        boolean hasTypes() {
            return this == SIA || this == SHARES;
        }
    }

    private RoundTable() {}

    static void measure() {
        System.out.println("| policy | jobs | GPUs | decisions | CPU ms of one |");
        System.out.println("|---|---|---|---|---|");
        for (Decider decider : Decider.values()) {
            played(decider, 160, 64);
            for (int[] size : SIZES) {
                print(decider, size);
            }
            print(decider, LONG_QUEUE);
        }
    }

    private static void print(Decider decider, int[] size) {
        double[] times = played(decider, size[0], size[1]);
        System.out.printf(
                Locale.ROOT,
                "| `%s` | %,d | %,d | %d | %.1f (%.1f to %.1f) |%n",
                decider.word,
                size[0],
                size[1],
                times.length,
                times[times.length / 2],
                times[0],
                times[times.length - 1]);
    }

    private static double[] played(Decider decider, int jobs, int gpus) {
        Random random = new Random(7);
        ClusterLayout layout = decider.hasTypes()
                ? ClusterLayout.of(List.of(
                        NodePool.of("a", gpus / 8, 4).withGpuType("a"),
                        NodePool.of("b", gpus / 32, 8).withGpuType("b"),
                        NodePool.of("c", gpus / 32, 8).withGpuType("c")))
                : ClusterLayout.of(List.of(NodePool.of("a", gpus / 8, 8)));
        Map<String, TrainingProfile> profiles = new TreeMap<>();
        Map<String, Double> slow = new TreeMap<>();
        Map<String, Double> middle = new TreeMap<>();
        for (int i = 0; i < CLASSES; i++) {
            profiles.put("k" + i, profile(random));
            slow.put("k" + i, 0.15 + 0.3 * random.nextDouble());
            middle.put("k" + i, 0.5 + 0.3 * random.nextDouble());
        }
        TrainingProfiles training = new TrainingProfiles(profiles);
        PoolSpeeds speeds =
                decider.hasTypes() ? new PoolSpeeds(Map.of(), Map.of("a", slow, "b", middle)) : PoolSpeeds.EQUAL;
        Timed timed = new Timed(policy(decider, layout, training, speeds));
        SpeedModel pace = decider == Decider.SIA || decider == Decider.GOODPUT
                ? new GoodputSpeed(training, true, 8, SpeedModel.CONSTANT)
                : SpeedModel.CONSTANT;
        ClusterSimulation.run(
                jobs(decider, jobs, random),
                layout.free(),
                new InPools(layout, new AnyGpus()),
                timed,
                RunOptions.plain()
                        .withSpeed(speeds.times(pace, layout))
                        .withHorizonNanos(decider.horizonSeconds * SECOND));
        double[] sorted =
                timed.milliseconds.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private static TrainingProfile profile(Random random) {
        double pass = 0.002 * (1 + random.nextInt(20));
        double exchange = pass * 8 * random.nextDouble();
        return new TrainingProfile(
                new ThroughputModel(pass, pass, exchange, exchange / 40, 2 * exchange, exchange / 20, 2),
                List.of(200.0 * (1 + random.nextInt(20)), 8000.0),
                new BatchRange(64, 128, 2048, 2, 32));
    }

    private static SchedulingPolicy policy(
            Decider decider, ClusterLayout layout, TrainingProfiles training, PoolSpeeds speeds) {
        return switch (decider) {
            case SIA ->
                new SiaRounds(SiaRules.SIA
                        .with(
                                layout.pools().stream()
                                        .map(pool -> new GpuPool(pool.gpuType(), pool.nodes(), pool.gpusPerNode()))
                                        .toList(),
                                speeds)
                        .with(training));
            case SHARES ->
                new ShareRounds(new ShareRules(
                        ShareKind.MAX_MIN_FAIRNESS,
                        ShareRules.GAVEL.roundNanos(),
                        layout.pools().stream().map(NodePool::gpuType).toList(),
                        layout.pools().stream()
                                .map(pool -> pool.nodes() * pool.gpusPerNode())
                                .toList(),
                        speeds,
                        Map.of()));
            case GOODPUT -> new GoodputRounds(GoodputRules.POLLUX.with(training));
            case MURI_S -> PolicyKind.MURI_S.make(PolicyOptions.DEFAULTS);
        };
    }

    private static List<ClusterJob> jobs(Decider decider, int jobs, Random random) {
        List<ClusterJob> list = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            String id = "k" + random.nextInt(CLASSES) + "/" + i;
            // Some end in nearly every round.
            long run = (600 + random.nextInt(36_000)) * SECOND;
            JobTraits traits = switch (decider) {
                case SIA, GOODPUT -> JobTraits.NONE.withSize(JobSize.elastic(1, 64));
                case SHARES -> JobTraits.NONE;
                case MURI_S ->
                    JobTraits.NONE.withStages(new JobStages(
                            random.nextDouble(), random.nextDouble(), random.nextDouble(), random.nextDouble()));
            };
            int gpus = decider == Decider.MURI_S ? 1 << random.nextInt(4) : 1;
            list.add(ClusterJob.of(id, 0, gpus, run).with(traits));
        }
        return list;
    }

    /** Another policy, and the CPU time of those calls that began a round. */
    private static final class Timed implements SchedulingPolicy {

        private final SchedulingPolicy policy;
        private final List<Double> milliseconds = new ArrayList<>();

        Timed(SchedulingPolicy policy) {
            this.policy = policy;
        }

        @Override
        public String name() {
            return policy.name();
        }

        @Override
        public void arrived(SchedulingContext context, int job) {
            policy.arrived(context, job);
        }

        @Override
        public void ended(SchedulingContext context, int job) {
            policy.ended(context, job);
        }

        @Override
        public void schedule(SchedulingContext context) {
            long before = policy.wakeUpNanos();
            long start = THREADS.getCurrentThreadCpuTime();
            policy.schedule(context);
            double millis = (THREADS.getCurrentThreadCpuTime() - start) / NANOS_PER_MILLISECOND;
            if (policy.wakeUpNanos() != before) {
                milliseconds.add(millis);
            }
        }

        @Override
        public long wakeUpNanos() {
            return policy.wakeUpNanos();
        }
    }
}
