package trainyard.parallel.step;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.model.Operator;
import trainyard.sim.hardware.calibration.Extrapolation;
import trainyard.sim.hardware.calibration.MemoryFit;

/** Which memory-bound kernels of a job move less or more than was measured of its GPUs. */
public final class MemoryRanges {

    private MemoryRanges() {}

    /**
     * That the bandwidth of a fit is used outside its range, with the size outside that takes most of the time; the share is of the time of
     * all streaming and normalising kernels of a forward and a backward pass.
     */
    public static Optional<Extrapolation> beyond(TrainingJob job, KernelCalibration calibration, MemoryFit fit) {
        KernelModel kernels = new KernelModel(job.cluster().node().gpu(), job.precision(), job.software(), calibration);
        Map<Double, Double> seconds = new TreeMap<>();
        for (LikeLayers like : LikeLayers.of(job.model())) {
            for (Operator operator : like.layer().operators(job.shard())) {
                double forward = like.count() * kernels.forward(operator).seconds();
                double backward = like.count() * kernels.dataGradient(operator).seconds();
                if (operator instanceof Operator.Streaming x) {
                    add(seconds, x.forwardBytes(), x.forwardKernels(), forward);
                    add(seconds, x.backwardBytes(), x.backwardKernels(), backward);
                } else if (operator instanceof Operator.Norm x) {
                    add(seconds, x.forwardBytes(), 1, forward);
                    add(seconds, x.backwardBytes(), 1, backward);
                }
            }
        }
        return beyond(fit, seconds);
    }

    private static void add(Map<Double, Double> seconds, double bytes, int kernels, double time) {
        if (kernels > 0 && bytes > 0) {
            seconds.merge(bytes / kernels, time, Double::sum);
        }
    }

    private static Optional<Extrapolation> beyond(MemoryFit fit, Map<Double, Double> seconds) {
        double whole = seconds.values().stream().mapToDouble(x -> x).sum();
        List<Map.Entry<Double, Double>> outside = seconds.entrySet().stream()
                .filter(size -> fit.beyond(size.getKey()).isPresent())
                .toList();
        double extrapolated = outside.stream().mapToDouble(Map.Entry::getValue).sum();
        if (extrapolated <= Extrapolation.LEAST_SHARE * whole) {
            return Optional.empty();
        }
        return outside.stream()
                .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .flatMap(longest -> fit.beyond(longest.getKey()))
                .map(beyond -> new Extrapolation(
                        "the bandwidth of " + fit.op(), List.of(beyond), Math.min(1, extrapolated / whole)));
    }
}
