package trainyard.benchmark;

import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs a measurement by name. To add one, write its class beside {@link HoldBenchmark} and name it in
 * {@link #MEASUREMENTS}.
 */
public final class Benchmarks {

    /** One measurement: runs, then prints its table to standard output. */
    @FunctionalInterface
    interface Measurement {
        void run() throws RunnerException;
    }

    private static final Map<String, Measurement> MEASUREMENTS = new TreeMap<>(Map.of(
            "cluster",
            ClusterTable::measure,
            "engine",
            EngineTable::measure,
            "life",
            LifeTable::measure,
            "network",
            NetworkTable::measure,
            "plan",
            PlanTable::measure,
            "rounds",
            RoundTable::measure,
            "step",
            StepTable::measure));

    private Benchmarks() {}

    /**
     * Runs the measurements named, in their order.
     *
     * @param names such as {@code engine}; none for a list
     */
    public static void main(String[] names) throws RunnerException {
        if (names.length == 0) {
            System.out.println(
                    "usage: java -jar benchmarks.jar NAME..   names: " + String.join(" ", MEASUREMENTS.keySet()));
            return;
        }
        for (String name : names) {
            Measurement measurement = MEASUREMENTS.get(name);
            if (measurement == null) {
                System.err.println(
                        "unknown measurement '" + name + "'; names: " + String.join(" ", MEASUREMENTS.keySet()));
                System.exit(2);
            }
            measurement.run();
        }
    }
}
