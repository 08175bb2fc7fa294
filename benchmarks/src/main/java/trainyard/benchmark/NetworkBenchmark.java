package trainyard.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import trainyard.sim.collective.Collective;
import trainyard.sim.engine.Simulation;
import trainyard.sim.hardware.Architecture;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricSpec;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.NodeSpec;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.hardware.ScaleUp;
import trainyard.sim.network.FlowNetwork;
import trainyard.sim.network.MaxMinSystem;
import trainyard.sim.network.collective.CollectiveRun;
import trainyard.sim.network.collective.Ring;
import trainyard.sim.network.collective.RingFold;
import trainyard.sim.topology.LinkState;
import trainyard.sim.topology.Topology;

/** The flow network at work; each kind of work and size runs in a JVM of its own with a heap below 1 GB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms900m", "-Xmx900m", "-XX:+UseSerialGC"})
@Warmup(iterations = 3)
@Measurement(iterations = 3)
public class NetworkBenchmark {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double GIBIBYTE = 1L << 30;
    private static final int LINKS_PER_FLOW = 4;
    private static final int GPUS_PER_NODE = 8;
    private static final int SHORT_REPEATS = 50;
    private static final Provenance EXAMPLE = new Provenance(Provenance.Kind.ASSUMED, "round figures", "");

    /** What is done. */
    public enum Work {
        /** One max-min solve of that many flows of four random links each over twice as many links. */
        SOLVE,
        /** Ring all-reduce of 1 GiB on a fat tree of nodes with one GPU. */
        RING_HOSTS,
        /** Ring all-reduce of 1 GiB on a fat tree of nodes with eight GPUs. */
        RING_NODES,
        /** The same, folded. */
        RING_FOLDED
    }

    /** What one iteration used. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Used {
        /** CPU time of one piece of work in nanoseconds. */
        public long cpuNanos;
    }

    @Param
    public Work work = Work.SOLVE;

    /** Flows or ranks. */
    @Param({"64"})
    public int size;

    private double[] capacities = new double[0];
    private int[][] routes = new int[0][];
    private int[] gpus = new int[0];
    private LinkState links = new LinkState(Topology.build(cluster(1, 1)));

    /** Builds the system or the topology, which is not measured. */
    @Setup(Level.Trial)
    public void build() {
        var random = new SplittableRandom(1);
        capacities = random.doubles(2L * size, 1, 2).toArray();
        routes = IntStream.range(0, size)
                .mapToObj(flow -> random.ints(LINKS_PER_FLOW, 0, 2 * size).toArray())
                .toArray(int[][]::new);
        gpus = IntStream.range(0, size).toArray();
        if (work != Work.SOLVE) {
            int perNode = work == Work.RING_HOSTS ? 1 : GPUS_PER_NODE;
            links = new LinkState(Topology.build(cluster(size / perNode, perNode)));
        }
    }

    /** Does the work, short kinds of it many times, and takes the CPU time of one. */
    @Benchmark
    public double run(Used used) {
        return switch (work) {
            case SOLVE -> solve(used);
            case RING_HOSTS, RING_NODES -> ring(used);
            case RING_FOLDED -> fold(used);
        };
    }

    private double solve(Used used) {
        double sum = 0;
        for (int i = 0; i < SHORT_REPEATS; i++) {
            var system = new MaxMinSystem(capacities, LINKS_PER_FLOW);
            for (int[] route : routes) {
                system.activate(system.add(route, LINKS_PER_FLOW, 1));
            }
            long start = THREADS.getCurrentThreadCpuTime();
            system.solve();
            used.cpuNanos += (THREADS.getCurrentThreadCpuTime() - start) / SHORT_REPEATS;
            sum += system.rate(0);
        }
        return sum;
    }

    private double ring(Used used) {
        var network = new FlowNetwork(new Simulation(), links);
        long start = THREADS.getCurrentThreadCpuTime();
        long nanos = CollectiveRun.nanos(network, new Ring(), Collective.ALL_REDUCE, GIBIBYTE, gpus);
        used.cpuNanos += THREADS.getCurrentThreadCpuTime() - start;
        return nanos;
    }

    private double fold(Used used) {
        long start = THREADS.getCurrentThreadCpuTime();
        long sum = 0;
        for (int i = 0; i < SHORT_REPEATS; i++) {
            sum += RingFold.nanos(links, Collective.ALL_REDUCE, GIBIBYTE, gpus).orElseThrow();
        }
        used.cpuNanos += (THREADS.getCurrentThreadCpuTime() - start) / SHORT_REPEATS;
        return sum;
    }

    private static ClusterSpec cluster(int nodes, int gpusPerNode) {
        var gpu = new GpuSpec(
                "example",
                Architecture.AMPERE,
                100,
                Map.of(),
                80e9,
                2e12,
                40e6,
                "NVLink",
                300e9,
                400,
                50,
                Map.of(),
                Map.of(),
                EXAMPLE);
        var node = new NodeSpec("example", gpu, gpusPerNode, ScaleUp.NVSWITCH, gpusPerNode, 25e9, 32e9, 0, 0, EXAMPLE);
        var fabric = new FabricSpec("example", FabricSpec.Kind.FAT_TREE, 1e-6, 1, 1, EXAMPLE);
        return new ClusterSpec(node, nodes, fabric);
    }
}
