package trainyard.benchmark;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import trainyard.scheduler.catalog.PolicyKind;

/**
 * Prints what runs of a cluster cost: CPU time of the thread, of a moment at which something happens, and memory, in tables for
 * the documentation. All run in one process, one after the other.
 */
final class ClusterTable {

    private static final int REPEATS = 3;

    /** In a shorter queue other objects of the process hide what jobs take. */
    private static final int LEAST_FOR_MEMORY = 100_000;

    /** One of each way to decide. */
    private static final List<PolicyKind> SOME = kinds("fifo", "easy", "conservative", "srtf", "max-min");

    /** Those that decide in rounds, of which {@link RoundTable} tells; and the one without gangs, which may never end. */
    private static final Set<PolicyKind> LEFT_OUT = EnumSet.of(
            PolicyKind.SHARES,
            PolicyKind.GOODPUT,
            PolicyKind.SIA,
            PolicyKind.MURI_S,
            PolicyKind.MURI_L,
            PolicyKind.POD_BY_POD);

    private ClusterTable() {}

    private static List<PolicyKind> kinds(String... words) {
        return Arrays.stream(words)
                .map(word -> PolicyKind.of(word).orElseThrow())
                .toList();
    }

    static void measure() {
        // Compiled before the first row counts what it allocates.
        ClusterMeasurement.of(ClusterWorkload.PHILLY, PolicyKind.FIFO, 2, 1);
        repeated();
        System.out.println();
        large();
        System.out.println();
        longQueues();
        System.out.println();
        largeClusters();
    }

    private static void repeated() {
        System.out.println("| jobs | GPUs | policy | CPU ms | us a moment | bytes a job | bytes a moment |");
        System.out.println("|---|---|---|---|---|---|---|");
        List<PolicyKind> all = Arrays.stream(PolicyKind.values())
                .filter(kind -> !LEFT_OUT.contains(kind))
                .toList();
        repeated(ClusterWorkload.PHILLY, all);
        repeated(ClusterWorkload.PHILLY_OVERSTATED, kinds("easy", "conservative", "slurm-backfill"));
        repeated(ClusterWorkload.TIRESIAS_5000, kinds("fifo", "srtf", "2d-las"));
        repeated(ClusterWorkload.SYNTHETIC_1000, SOME);
    }

    private static void repeated(ClusterWorkload workload, List<PolicyKind> policies) {
        for (PolicyKind kind : policies) {
            print(workload, kind, ClusterMeasurement.of(workload, kind, 1, REPEATS));
        }
    }

    private static void print(ClusterWorkload workload, PolicyKind kind, ClusterMeasurement run) {
        System.out.printf(
                Locale.ROOT,
                "| %,d%s | %,d | `%s` | %s | %.1f | %.0f | %.1f |%n",
                run.jobs(),
                workload.remark(),
                workload.cluster().total(),
                kind.word(),
                run.times(),
                run.microsPerMoment(),
                run.bytesPerJob(),
                run.playedBytesPerMoment());
    }

    private static void large() {
        System.out.println("| jobs | GPUs | policy, one run | CPU ms | us a moment | bytes a job | bytes a moment |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (PolicyKind kind : kinds("fifo", "easy", "srtf")) {
            ClusterWorkload workload = ClusterWorkload.SYNTHETIC_10000;
            print(workload, kind, ClusterMeasurement.of(workload, kind, 0, 1));
        }
    }

    private static void longQueues() {
        System.out.println(
                "| jobs in the queue at the beginning | policy, one run | CPU ms | us a moment | live bytes a job |");
        System.out.println("|---|---|---|---|---|");
        for (ClusterWorkload workload :
                List.of(ClusterWorkload.QUEUE_1000, ClusterWorkload.QUEUE_10000, ClusterWorkload.QUEUE_100000)) {
            for (PolicyKind kind : SOME) {
                ClusterMeasurement run = ClusterMeasurement.withMemory(workload, kind);
                String live =
                        run.jobs() < LEAST_FOR_MEMORY ? "" : String.format(Locale.ROOT, "%.0f", run.liveBytesPerJob());
                System.out.printf(
                        Locale.ROOT,
                        "| %,d | `%s` | %s | %.1f | %s |%n",
                        run.jobs(),
                        kind.word(),
                        run.times(),
                        run.microsPerMoment(),
                        live);
            }
        }
    }

    private static void largeClusters() {
        System.out.println("| GPUs | jobs | policy, one run | CPU ms | us a moment |");
        System.out.println("|---|---|---|---|---|");
        for (ClusterWorkload workload :
                List.of(ClusterWorkload.SIZE_1000, ClusterWorkload.SIZE_10000, ClusterWorkload.SIZE_100000)) {
            for (PolicyKind kind : SOME) {
                ClusterMeasurement run = ClusterMeasurement.of(workload, kind, 0, 1);
                System.out.printf(
                        Locale.ROOT,
                        "| %,d | %,d | `%s` | %s | %.1f |%n",
                        workload.cluster().total(),
                        run.jobs(),
                        kind.word(),
                        run.times(),
                        run.microsPerMoment());
            }
        }
    }
}
