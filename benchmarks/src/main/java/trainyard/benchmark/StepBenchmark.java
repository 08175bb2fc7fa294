package trainyard.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Pipelining;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.step.EventStepModel;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.parallel.precision.PrecisionRecipe;

/** One training step of published 3D-parallel plans (Narayanan et al. 2021, table 1), priced and replayed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms900m", "-Xmx900m", "-XX:+UseSerialGC"})
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class StepBenchmark {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What one iteration used. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Used {
        /** CPU time of one step in nanoseconds. */
        public long cpuNanos;
    }

    /** GPUs of the plan. */
    @Param({"64", "1024", "3072"})
    public int gpus;

    private EventStepModel steps = new EventStepModel(NcclModel::on);
    private TrainingJob job = job(64);

    /** Describes the job anew; the step model keeps nothing between iterations. */
    @Setup
    public void describe() {
        steps = new EventStepModel(NcclModel::on);
        job = job(gpus);
    }

    /** Costs one step and takes the CPU time. */
    @Benchmark
    public long step(Used used) {
        long start = THREADS.getCurrentThreadCpuTime();
        long nanos = steps.cost(job).stepNanos();
        used.cpuNanos += THREADS.getCurrentThreadCpuTime() - start;
        return nanos;
    }

    private static TrainingJob job(int gpus) {
        HardwareCatalog catalog = HardwareCatalog.load();
        return new TrainingJob(
                ModelPresets.named(model(gpus)),
                batch(gpus),
                PrecisionRecipe.FP16,
                plan(gpus),
                new ClusterSpec(catalog.node("DGX A100"), gpus / 8, catalog.fabric("IB HDR")),
                SoftwareProfiles.named("megatron-2021"));
    }

    private static String model(int gpus) {
        return gpus == 64 ? "gpt3-175b" : gpus == 1024 ? "gpt-76b" : "gpt-1t";
    }

    private static Batch batch(int gpus) {
        return gpus == 64 ? new Batch(64, 1, 2048) : gpus == 1024 ? new Batch(1792, 2, 2048) : new Batch(3072, 1, 2048);
    }

    private static ParallelPlan plan(int gpus) {
        int pipeline = gpus == 64 ? 8 : gpus == 1024 ? 4 : 64;
        int chunks = gpus == 3072 ? 1 : 3;
        return ParallelPlan.of(Degrees.of(8, pipeline, gpus / (8 * pipeline)))
                .with(Pipelining.oneForwardOneBackward(chunks))
                .with(Recompute.FULL);
    }
}
