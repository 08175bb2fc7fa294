package trainyard.benchmark;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.search.Objective;
import trainyard.parallel.search.PlanSearch;
import trainyard.parallel.search.SearchResult;
import trainyard.parallel.search.SearchSpace;
import trainyard.parallel.search.UnplannedJob;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/**
 * The whole search for a plan of Llama 3 405B on 100,000 H100s, everything free, with two threads in a JVM that has just
 * started. All threads count, those that compile too.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-Xms900m", "-Xmx900m", "-XX:+UseSerialGC"})
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class SearchBenchmark {

    private static final com.sun.management.OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);

    /** What one search used. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Used {
        /** CPU time of the process in nanoseconds. */
        public long cpuNanos;

        /** Plans of the space. */
        public long plans;
    }

    /** Searches. */
    @Benchmark
    public SearchResult search(Used used) {
        long start = PROCESS.getProcessCpuTime();
        HardwareCatalog catalog = HardwareCatalog.load();
        UnplannedJob job = new UnplannedJob(
                ModelPresets.named("llama3-405b"),
                12_500,
                8192,
                PrecisionRecipe.BF16,
                new ClusterSpec(catalog.node("DGX H100"), 12_500, catalog.fabric("IB NDR")),
                SoftwareProfiles.named("megatron-core-2024"));
        SearchResult result = new PlanSearch(job, NcclModel.on(job.cluster()), KernelCalibration.NONE, 2)
                .run(SearchSpace.FREE, Objective.TIME, 10);
        used.cpuNanos += PROCESS.getProcessCpuTime() - start;
        used.plans += result.candidates();
        return result;
    }
}
