package trainyard.sim.hardware;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One GPU type.
 *
 * @param name catalogue name, such as {@code A100-SXM-80}
 * @param architecture generation
 * @param smCount streaming multiprocessors (compute units on AMD)
 * @param peakFlopsPerSecond dense peak rate by precision in FLOP/s; sparsity never counted
 * @param memoryBytes device memory
 * @param memoryBytesPerSecond peak device-memory bandwidth
 * @param l2Bytes last-level cache
 * @param scaleUpLink name of the link to the other GPUs of the node, such as {@code NVLink3}
 * @param scaleUpBytesPerSecond bandwidth of all its scale-up links, per direction
 * @param tdpWatts power limit
 * @param idleWatts power when idle
 * @param measuredGemmFlopsPerSecond best matrix-multiply rate measured in practice (MAMF) by precision, where known
 * @param sustainedGemmFlopsPerSecond rate that matrix products of ordinary values keep up for a minute and more at the power
 *     limit, by precision, where measured
 * @param provenance source of the row
 */
public record GpuSpec(
        String name,
        Architecture architecture,
        int smCount,
        Map<Precision, Double> peakFlopsPerSecond,
        double memoryBytes,
        double memoryBytesPerSecond,
        double l2Bytes,
        String scaleUpLink,
        double scaleUpBytesPerSecond,
        double tdpWatts,
        double idleWatts,
        Map<Precision, Double> measuredGemmFlopsPerSecond,
        Map<Precision, Double> sustainedGemmFlopsPerSecond,
        Provenance provenance) {

    public GpuSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(architecture, "architecture");
        peakFlopsPerSecond = Map.copyOf(peakFlopsPerSecond);
        measuredGemmFlopsPerSecond = Map.copyOf(measuredGemmFlopsPerSecond);
        sustainedGemmFlopsPerSecond = Map.copyOf(sustainedGemmFlopsPerSecond);
    }

    /**
     * Dense peak rate at a precision, in FLOP/s.
     *
     * @throws IllegalArgumentException if the GPU has no such units
     */
    public double peak(Precision precision) {
        Double peak = peakFlopsPerSecond.get(precision);
        if (peak == null) {
            throw new IllegalArgumentException(name + " has no " + precision + " rate");
        }
        return peak;
    }

    /** Best rate measured in practice at a precision, in FLOP/s; empty where none is known. */
    public OptionalDouble measuredGemm(Precision precision) {
        return optional(measuredGemmFlopsPerSecond.get(precision));
    }

    /** Rate kept up at the power limit at a precision, in FLOP/s; empty where none is known. */
    public OptionalDouble sustainedGemm(Precision precision) {
        return optional(sustainedGemmFlopsPerSecond.get(precision));
    }

    private static OptionalDouble optional(Double rate) {
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }

    public boolean supports(Precision precision) {
        return peakFlopsPerSecond.containsKey(precision);
    }
}
