package trainyard.benchmark;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
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
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.catalog.PolicyOptions;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.run.ClusterOutcome;
import trainyard.scheduler.run.ClusterSimulation;

/** Plays a list of jobs under a policy: what a run costs, and what it allocates. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class ClusterBenchmark {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What one iteration used. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Used {
        /** CPU time of the thread in nanoseconds. */
        public long cpuNanos;

        /** Bytes that the thread allocated. */
        public long bytes;

        /** Arrivals, ends and passes of the policy. */
        public long events;
    }

    /** Which jobs on which cluster. */
    @Param({"PHILLY"})
    public ClusterWorkload workload;

    /** The policy by its name in scenarios. */
    @Param({"fifo"})
    public String policy;

    private List<ClusterJob> jobs = List.of();

    /** Reads or draws the jobs. */
    @Setup
    public void read() {
        jobs = workload.jobs();
    }

    /** Runs them to the last end. */
    @Benchmark
    public double run(Used used) {
        PolicyKind kind = PolicyKind.of(policy).orElseThrow();
        long thread = Thread.currentThread().getId();
        long start = THREADS.getCurrentThreadCpuTime();
        long bytes = THREADS.getThreadAllocatedBytes(thread);
        ClusterOutcome outcome =
                ClusterSimulation.run(jobs, workload.cluster(), new AnyGpus(), kind.make(PolicyOptions.DEFAULTS));
        used.cpuNanos += THREADS.getCurrentThreadCpuTime() - start;
        used.bytes += THREADS.getThreadAllocatedBytes(thread) - bytes;
        used.events += outcome.events();
        return outcome.makespanNanos();
    }
}
