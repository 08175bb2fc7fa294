package trainyard.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultPresets;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.life.LifeOutcome;
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.StepTimes;
import trainyard.sim.random.RandomStreams;

/**
 * Lives of 54 days under the faults of Llama 3, with a spare for every 32 nodes, a snapshot every five minutes and fixed
 * stalls: what a replication costs against the size of the job.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms900m", "-Xmx900m", "-XX:+UseSerialGC"})
@Warmup(iterations = 3)
@Measurement(iterations = 3)
public class LifeBenchmark {

    /** Lives of one iteration. */
    static final int LIVES = 100;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long SECOND = 1_000_000_000L;
    private static final int GPUS_PER_NODE = 8;
    private static final int NODES_PER_SPARE = 32;

    /** What one iteration used. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Used {
        /** CPU time of all lives in nanoseconds. */
        public long cpuNanos;

        /** Faults of all lives. */
        public long faults;
    }

    /** GPUs of the job. */
    @Param({"1024", "16384", "131072", "600000"})
    public int gpus;

    private List<LifeSimulation> simulation = List.of();

    /** Describes the job. */
    @Setup
    public void describe() {
        int nodes = gpus / GPUS_PER_NODE;
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 5 * SECOND, 60 * SECOND, Damage.NODE);
        LongJob job = new LongJob(
                nodes,
                Long.MAX_VALUE,
                StepTimes.constant(5 * SECOND),
                new CheckpointPlan(60, List.of(storage)),
                new ReplaceLost(),
                RecoveryTimes.fixed(60, 300));
        ClusterShape cluster = new ClusterShape(nodes + nodes / NODES_PER_SPARE, GPUS_PER_NODE, 16);
        simulation = List.of(new LifeSimulation(
                job, cluster, FaultPresets.all().get("llama3-2024"), Integer.MAX_VALUE, 54L * 86_400 * SECOND));
    }

    /** Runs the lives and takes the CPU time. */
    @Benchmark
    public double lives(Used used) {
        long start = THREADS.getCurrentThreadCpuTime();
        double useful = 0;
        for (int i = 0; i < LIVES; i++) {
            LifeOutcome life = simulation.get(0).run(new RandomStreams(1, i));
            useful += life.goodput();
            used.faults += life.faults();
        }
        used.cpuNanos += THREADS.getCurrentThreadCpuTime() - start;
        return useful;
    }
}
