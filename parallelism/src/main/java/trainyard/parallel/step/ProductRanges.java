package trainyard.parallel.step;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.MeasuredProduct;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.calibration.ComputeFit;
import trainyard.sim.hardware.calibration.Extrapolation;

/**
 * Which products of jobs lie outside those that were measured of their GPUs. Jobs that have the same products, such as the
 * cells of a sweep that differ in what is exchanged, are priced once. Thread-safe; holds on to what it is asked, so it
 * lives as long as one study.
 */
public final class ProductRanges {

    private final Map<Asked, List<Extrapolation>> known = new ConcurrentHashMap<>();

    /** Everything of a job that its products and their times depend on. */
    private record Asked(
            List<LikeLayers> layers,
            Shard shard,
            GpuSpec gpu,
            PrecisionRecipe precision,
            SoftwareProfile software,
            KernelCalibration calibration) {}

    /**
     * One for each fit that is used beyond its range, with the product outside that takes most of the time; shares are of the time of all
     * products that the fit prices in a forward and a backward pass.
     */
    public List<Extrapolation> beyond(TrainingJob job, KernelCalibration calibration) {
        Asked asked = new Asked(
                LikeLayers.of(job.model()),
                job.shard(),
                job.cluster().node().gpu(),
                job.precision(),
                job.software(),
                calibration);
        return known.computeIfAbsent(asked, ProductRanges::beyond);
    }

    private static List<Extrapolation> beyond(Asked asked) {
        Map<ComputeFit, Map<MeasuredProduct, Double>> seconds = new LinkedHashMap<>();
        for (LikeLayers layer : asked.layers) {
            KernelModel kernels = KernelModel.telling(
                    asked.gpu,
                    asked.precision,
                    asked.software,
                    asked.calibration,
                    product -> seconds.computeIfAbsent(product.fit(), fit -> new LinkedHashMap<>())
                            .merge(product, layer.count() * product.seconds(), Double::sum));
            for (Operator operator : layer.layer().operators(asked.shard)) {
                kernels.forward(operator);
                kernels.dataGradient(operator);
                kernels.weightGradient(operator);
            }
        }
        return seconds.entrySet().stream()
                .flatMap(priced -> beyond(priced.getKey(), priced.getValue()).stream())
                .toList();
    }

    private static Optional<Extrapolation> beyond(ComputeFit fit, Map<MeasuredProduct, Double> seconds) {
        double whole = seconds.values().stream().mapToDouble(x -> x).sum();
        double outside = seconds.entrySet().stream()
                .filter(product -> product.getKey().isOutside())
                .mapToDouble(Map.Entry::getValue)
                .sum();
        if (outside <= Extrapolation.LEAST_SHARE * whole) {
            return Optional.empty();
        }
        String name = "the fit of matrix products in " + fit.precision().name().toLowerCase(Locale.ROOT);
        return seconds.entrySet().stream()
                .filter(product -> product.getKey().isOutside())
                .max(Comparator.comparingDouble(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .map(longest -> new Extrapolation(
                        name, fit.beyond(longest.m(), longest.n(), longest.k()), Math.min(1, outside / whole)));
    }
}
