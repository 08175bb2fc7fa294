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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.search.Candidate;
import trainyard.parallel.search.Candidates;
import trainyard.parallel.search.SearchSpace;
import trainyard.parallel.search.SteadyMemory;
import trainyard.parallel.search.UnplannedJob;
import trainyard.parallel.step.PlanPricer;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/**
 * All plans of GPT-3 175B on 1,024 A100s (scenarios/gallery/gpt3-175b-plan.yaml), with nothing left out by a bound. Every
 * iteration starts with empty memos.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms900m", "-Xmx900m", "-XX:+UseSerialGC"})
@Warmup(iterations = 5)
@Measurement(iterations = 5)
public class PlanBenchmark {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What is done with every plan. */
    public enum Work {
        /** Memory, of all plans. */
        MEMORY {
            @Override
            double of(PlanPricer pricer, SteadyMemory memory, UnplannedJob job, Candidate candidate) {
                return memory.of(job, candidate).peak().totalBytes();
            }
        },
        /** The bound by compute, of all plans. */
        BOUND {
            @Override
            double of(PlanPricer pricer, SteadyMemory memory, UnplannedJob job, Candidate candidate) {
                return pricer.atLeastSeconds(job.with(candidate));
            }
        },
        /** Time of the step, of all plans. */
        TIME {
            @Override
            double of(PlanPricer pricer, SteadyMemory memory, UnplannedJob job, Candidate candidate) {
                return pricer.seconds(job.with(candidate));
            }
        },
        /** Memory of all plans, and the time of those that fit. */
        ALL {
            @Override
            double of(PlanPricer pricer, SteadyMemory memory, UnplannedJob job, Candidate candidate) {
                double limit = job.cluster().node().gpu().memoryBytes();
                return memory.of(job, candidate).peak().totalBytes() > limit ? 0 : pricer.seconds(job.with(candidate));
            }
        };

        abstract double of(PlanPricer pricer, SteadyMemory memory, UnplannedJob job, Candidate candidate);
    }

    /** What one iteration used. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Used {
        /** CPU time of all plans in nanoseconds. */
        public long cpuNanos;

        /** Plans looked at. */
        public long plans;
    }

    /** What is measured. */
    @Param
    public Work work;

    private final UnplannedJob job = job();
    private final List<Candidate> candidates =
            Candidates.of(job, SearchSpace.FREE).list();

    /** Looks at every plan. */
    @Benchmark
    public double plans(Used used) {
        PlanPricer pricer = new PlanPricer(NcclModel.on(job.cluster()), KernelCalibration.NONE);
        SteadyMemory memory = new SteadyMemory();
        long start = THREADS.getCurrentThreadCpuTime();
        double sum = 0;
        for (Candidate candidate : candidates) {
            try {
                sum += work.of(pricer, memory, job, candidate);
            } catch (PlanException contradiction) {
                sum += 1; // a contradiction is an answer too: the tensor ranks of some plans do not fill nodes
            }
        }
        used.cpuNanos += THREADS.getCurrentThreadCpuTime() - start;
        used.plans += candidates.size();
        return sum;
    }

    private static UnplannedJob job() {
        HardwareCatalog catalog = HardwareCatalog.load();
        return new UnplannedJob(
                ModelPresets.named("gpt3-175b"),
                1536,
                2048,
                PrecisionRecipe.FP16,
                new ClusterSpec(catalog.node("DGX A100"), 128, catalog.fabric("IB HDR")),
                SoftwareProfiles.named("megatron-2022"));
    }
}
