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
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.goodput.BatchRange;
import trainyard.scheduler.goodput.ThroughputModel;
import trainyard.scheduler.goodput.TrainingProfile;
import trainyard.scheduler.goodput.TrainingProfiles;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobSize;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.InPools;
import trainyard.scheduler.policy.Desk;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.policy.sia.GpuPool;
import trainyard.scheduler.policy.sia.SiaRounds;
import trainyard.scheduler.policy.sia.SiaRules;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.speed.GoodputSpeed;
import trainyard.scheduler.speed.PoolSpeeds;
import trainyard.scheduler.speed.SpeedModel;
import trainyard.sim.engine.SimTime;

/** What one decision of {@code sia} costs: all jobs there from the beginning, three types of GPU, half an hour of rounds. */
final class RoundTable {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;
    private static final int CLASSES = 12;
    private static final double NANOS_PER_MILLISECOND = 1e6;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private RoundTable() {}

    static void measure() {
        System.out.println("a round of sia: CPU milliseconds, median (least to most) of 30");
        played(160, 64);
        for (int[] size : new int[][] {{64, 64}, {160, 64}, {250, 500}, {500, 1_000}, {1_000, 2_000}}) {
            double[] times = played(size[0], size[1]);
            System.out.printf(
                    Locale.ROOT,
                    "sia %5d jobs on %5d GPUs  %7.1f (%.1f to %.1f)%n",
                    size[0],
                    size[1],
                    times[times.length / 2],
                    times[0],
                    times[times.length - 1]);
        }
    }

    private static double[] played(int jobs, int gpus) {
        Random random = new Random(7);
        ClusterLayout layout = ClusterLayout.of(List.of(
                NodePool.of("a", gpus / 8, 4).withGpuType("a"),
                NodePool.of("b", gpus / 32, 8).withGpuType("b"),
                NodePool.of("c", gpus / 32, 8).withGpuType("c")));
        Map<String, TrainingProfile> profiles = new TreeMap<>();
        Map<String, Double> slow = new TreeMap<>();
        Map<String, Double> middle = new TreeMap<>();
        for (int i = 0; i < CLASSES; i++) {
            double pass = 0.002 * (1 + random.nextInt(20));
            double exchange = pass * 8 * random.nextDouble();
            profiles.put(
                    "k" + i,
                    new TrainingProfile(
                            new ThroughputModel(pass, pass, exchange, exchange / 40, 2 * exchange, exchange / 20, 2),
                            List.of(200.0 * (1 + random.nextInt(20)), 8000.0),
                            new BatchRange(64, 128, 2048, 2, 32)));
            slow.put("k" + i, 0.15 + 0.3 * random.nextDouble());
            middle.put("k" + i, 0.5 + 0.3 * random.nextDouble());
        }
        TrainingProfiles training = new TrainingProfiles(profiles);
        PoolSpeeds speeds = new PoolSpeeds(Map.of(), Map.of("a", slow, "b", middle));
        List<ClusterJob> list = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            list.add(ClusterJob.of("k" + random.nextInt(CLASSES) + "/" + i, 0, 1, 36_000 * SECOND)
                    .with(JobTraits.NONE.withSize(JobSize.elastic(1, 64))));
        }
        List<GpuPool> pools = layout.pools().stream()
                .map(pool -> new GpuPool(pool.gpuType(), pool.nodes(), pool.gpusPerNode()))
                .toList();
        Timed timed = new Timed(new SiaRounds(SiaRules.SIA.with(pools, speeds).with(training)));
        ClusterSimulation.run(
                list,
                layout.free(),
                new InPools(layout, new AnyGpus()),
                timed,
                RunOptions.plain()
                        .withSpeed(speeds.times(new GoodputSpeed(training, true, 8, SpeedModel.CONSTANT), layout))
                        .withHorizonNanos(1_790 * SECOND));
        double[] sorted = timed.milliseconds.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Another policy, and the CPU time of its decisions. */
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
        public void arrived(Desk desk, int job) {
            policy.arrived(desk, job);
        }

        @Override
        public void ended(Desk desk, int job) {
            policy.ended(desk, job);
        }

        @Override
        public void schedule(Desk desk) {
            long start = THREADS.getCurrentThreadCpuTime();
            policy.schedule(desk);
            milliseconds.add((THREADS.getCurrentThreadCpuTime() - start) / NANOS_PER_MILLISECOND);
        }

        @Override
        public long wakeUpNanos() {
            return policy.wakeUpNanos();
        }
    }
}
