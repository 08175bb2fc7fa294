package trainyard.parallel.step;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.MeasuredProduct;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Operator;
import trainyard.sim.hardware.calibration.ComputeFit;
import trainyard.sim.hardware.calibration.Extrapolation;

/** Which products of a job lie outside those that were measured of its GPUs. */
public final class ProductRanges {

    private ProductRanges() {}

    /**
     * One for each fit that is used beyond its range, with the product outside that takes most of the time; shares are of the time of all
     * products that the fit prices in a forward and a backward pass.
     */
    public static List<Extrapolation> beyond(TrainingJob job, KernelCalibration calibration) {
        Map<ComputeFit, Map<MeasuredProduct, Double>> seconds = new LinkedHashMap<>();
        Map<Layer, Long> layers = job.model().layers().stream()
                .collect(Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()));
        layers.forEach((layer, count) -> {
            KernelModel kernels = KernelModel.telling(
                    job.cluster().node().gpu(),
                    job.precision(),
                    job.software(),
                    calibration,
                    product -> seconds.computeIfAbsent(product.fit(), fit -> new LinkedHashMap<>())
                            .merge(product, count * product.seconds(), Double::sum));
            for (Operator operator : layer.operators(job.shard())) {
                kernels.forward(operator);
                kernels.dataGradient(operator);
                kernels.weightGradient(operator);
            }
        });
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
