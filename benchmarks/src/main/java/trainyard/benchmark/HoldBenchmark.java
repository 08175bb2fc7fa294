package trainyard.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The {@link HoldModel} on three engines and three numbers of pending events; each pair runs in a JVM of its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {
            "-Xms3g",
            "-Xmx3g",
            "-XX:+UseSerialGC",
            "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener"
        })
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class HoldBenchmark {
    private static final int FEWEST_EVENTS = 1_000_000;
    private static final int MOST_EVENTS = 3_000_000;

    /** Which engine. */
    public enum Engine {
        /** {@link TrainyardHold}. */
        TRAINYARD,
        /** {@link PriorityQueueHold}. */
        PRIORITY_QUEUE,
        /** {@link CloudSimPlusHold}. */
        CLOUDSIM_PLUS
    }

    /** What one iteration used. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Used {
        /** CPU time in nanoseconds. */
        public long cpuNanos;

        /** Events that happened in it. */
        public long events;
    }

    @Param
    public Engine engine = Engine.TRAINYARD;

    @Param({"100", "10000", "1000000"})
    public int pending;

    private HoldModel model = new TrainyardHold(1);

    /** Fills the engine anew before each run. */
    @Setup(Level.Iteration)
    public void fill() {
        model = switch (engine) {
            case TRAINYARD -> new TrainyardHold(pending);
            case PRIORITY_QUEUE -> new PriorityQueueHold(pending);
            case CLOUDSIM_PLUS -> new CloudSimPlusHold(pending);
        };
    }

    /** Lets every pending event happen about once, then takes the time. */
    @Benchmark
    public long hold(Used used) {
        int events = pending < FEWEST_EVENTS ? MOST_EVENTS : FEWEST_EVENTS;
        CpuStopwatch stopwatch = new CpuStopwatch(pending, events);
        model.run(stopwatch);
        used.cpuNanos += stopwatch.cpuNanos();
        used.events += events;
        return model.visits();
    }
}
