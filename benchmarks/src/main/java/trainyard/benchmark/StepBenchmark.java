package trainyard.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;
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
import trainyard.parallel.step.EventStepModel;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.network.collective.FlowCollectives;

/** One training step of published 3D-parallel plans ({@link PublishedPlan}), priced and replayed. */
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
    @Param({"64", "1024", "3072", "16384"})
    public int gpus;

    /** How exchanges are priced: by formula, or message by message over the links. */
    @Param({"formula", "messages"})
    public String exchanges;

    private PublishedPlan plan = PublishedPlan.of(64);
    private EventStepModel steps = new EventStepModel(NcclModel::on);

    /** Describes the job anew; the step model keeps nothing between iterations. */
    @Setup
    public void describe() {
        plan = PublishedPlan.of(gpus);
        steps = new EventStepModel(
                exchanges.equals("formula") ? NcclModel::on : cluster -> FlowCollectives.on(cluster, Optional.empty()));
    }

    /** Costs one step and takes the CPU time. */
    @Benchmark
    public long step(Used used) {
        long start = THREADS.getCurrentThreadCpuTime();
        long nanos = steps.cost(plan.job()).stepNanos();
        used.cpuNanos += THREADS.getCurrentThreadCpuTime() - start;
        return nanos;
    }
}
