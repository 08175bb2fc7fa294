package trainyard.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import trainyard.faults.trace.TraceFolder;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.trace.PhillyTrace;
import trainyard.sim.engine.SimTime;

/** Lists of jobs with the clusters on which {@link ClusterTable} plays them. */
enum ClusterWorkload {
    /** All jobs of Philly on 512 GPUs, which their mean demand fills by nine tenths. */
    PHILLY(64) {
        @Override
        public List<ClusterJob> jobs() {
            return philly();
        }
    },
    /** The same where owners state one to four times the run time, so that jobs end before their reservations. */
    PHILLY_OVERSTATED(64) {
        @Override
        public List<ClusterJob> jobs() {
            SplittableRandom random = new SplittableRandom(1);
            return philly().stream()
                    .map(job -> job.limitedTo(job.limitNanos() * random.nextInt(1, 5)))
                    .toList();
        }

        @Override
        String remark() {
            return ", overstated";
        }
    },
    /** The first 5,000 jobs of one team of Philly on 16 GPUs: what the simulator of Tiresias took 18 s and more for. */
    TIRESIAS_5000(2) {
        @Override
        public List<ClusterJob> jobs() {
            return philly().stream()
                    .filter(job -> job.team().equals("11cb48"))
                    .limit(5_000)
                    .toList();
        }
    },
    /** 100,000 synthetic jobs on 1,000 GPUs. */
    SYNTHETIC_1000(125) {
        @Override
        public List<ClusterJob> jobs() {
            return synthetic(100_000, 1_000, 0.95);
        }
    },
    /** 1,000,000 synthetic jobs on 10,000 GPUs. */
    SYNTHETIC_10000(1250) {
        @Override
        public List<ClusterJob> jobs() {
            return synthetic(1_000_000, 10_000, 0.95);
        }
    },
    /** 1,000 synthetic jobs on 1,000 GPUs, all there at the beginning. */
    QUEUE_1000(125) {
        @Override
        public List<ClusterJob> jobs() {
            return synthetic(1_000, 1_000, ALL_AT_ONCE);
        }
    },
    /** 10,000 of them. */
    QUEUE_10000(125) {
        @Override
        public List<ClusterJob> jobs() {
            return synthetic(10_000, 1_000, ALL_AT_ONCE);
        }
    },
    /** 100,000 of them. */
    QUEUE_100000(125) {
        @Override
        public List<ClusterJob> jobs() {
            return synthetic(100_000, 1_000, ALL_AT_ONCE);
        }
    },
    /** 200,000 synthetic jobs on 1,000 GPUs. */
    SIZE_1000(125) {
        @Override
        public List<ClusterJob> jobs() {
            return synthetic(SIZE_JOBS, 1_000, 0.95);
        }
    },
    /** On 10,000 GPUs. */
    SIZE_10000(1250) {
        @Override
        public List<ClusterJob> jobs() {
            return synthetic(SIZE_JOBS, 10_000, 0.95);
        }
    },
    /** On 100,000 GPUs. */
    SIZE_100000(12_500) {
        @Override
        public List<ClusterJob> jobs() {
            return synthetic(SIZE_JOBS, 100_000, 0.95);
        }
    };

    private static final int SIZE_JOBS = 200_000;
    /** A load under which all come long before the first ends. */
    private static final double ALL_AT_ONCE = 1e6;

    private static final int GPUS_PER_NODE = 8;
    private static final int[] SIZES = {1, 1, 1, 1, 2, 4, 8, 16};
    private static final double MEAN_RUN_SECONDS = 3600;

    private final int nodes;

    ClusterWorkload(int nodes) {
        this.nodes = nodes;
    }

    /** What to say of the jobs beside their number. */
    String remark() {
        return "";
    }

    /** The jobs, read or drawn anew. */
    public abstract List<ClusterJob> jobs();

    /** The cluster, all free. */
    public FreeGpus cluster() {
        return FreeGpus.equal(nodes, GPUS_PER_NODE);
    }

    private static List<ClusterJob> philly() {
        return PhillyTrace.read(TraceFolder.shipped("workloads")
                        .file("philly/philly.csv")
                        .orElseThrow())
                .jobs();
    }

    /** Exponential gaps and run times; half of the jobs on one GPU, the others on up to 16. */
    private static List<ClusterJob> synthetic(int count, int gpus, double load) {
        SplittableRandom random = new SplittableRandom(1);
        double meanGpus = 0;
        for (int size : SIZES) {
            meanGpus += (double) size / SIZES.length;
        }
        double gap = meanGpus * MEAN_RUN_SECONDS / (gpus * load);
        List<ClusterJob> jobs = new ArrayList<>(count);
        double seconds = 0;
        for (int i = 0; i < count; i++) {
            seconds += exponential(random, gap);
            long run = 1 + SimTime.nanos(exponential(random, MEAN_RUN_SECONDS));
            jobs.add(new ClusterJob(
                    Integer.toString(i),
                    "t" + random.nextInt(12),
                    SimTime.nanos(seconds),
                    SIZES[random.nextInt(SIZES.length)],
                    run,
                    run * random.nextInt(1, 4)));
        }
        return jobs;
    }

    private static double exponential(SplittableRandom random, double mean) {
        return -Math.log1p(-random.nextDouble()) * mean;
    }
}
