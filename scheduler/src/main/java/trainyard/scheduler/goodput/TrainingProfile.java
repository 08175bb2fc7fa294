package trainyard.scheduler.goodput;

import java.util.List;
import java.util.Objects;

/**
 * How a job trains. The work of a job is cut in parts, in each of which its gradients have one noise scale {@code phi}; a part is worth
 * as many samples at the initial batch {@code m0} as any other one. With a batch {@code M} a sample is worth
 * {@code efficiency = (phi + m0) / (phi + M)} of that, and goodput is
 * {@code M / step x efficiency}, in such samples a second (Qiao et al., Pollux, OSDI 2021, sections 3.1 to 3.3; the noise scale is that of McCandlish
 * et al., arXiv 1812.06162).
 *
 * @param throughput seconds of a step
 * @param noiseScales of each part in samples, 0 or more; at least one
 * @param batches that it can be trained with
 */
public record TrainingProfile(ThroughputModel throughput, List<Double> noiseScales, BatchRange batches) {

    public TrainingProfile {
        Objects.requireNonNull(throughput, "throughput");
        Objects.requireNonNull(batches, "batches");
        noiseScales = List.copyOf(noiseScales);
        if (noiseScales.isEmpty() || noiseScales.stream().anyMatch(scale -> !(scale >= 0))) {
            throw new IllegalArgumentException("a noise scale is 0 or more, got " + noiseScales);
        }
    }

    /** How many parts its work has. */
    public int parts() {
        return noiseScales.size();
    }

    /** Samples a second on all GPUs. */
    public double throughput(int gpus, int nodes, BatchSplit split) {
        return split.total(gpus) / throughput.stepSeconds(gpus, nodes, split);
    }

    /** What a sample of a batch is worth in a part, over one of the initial batch. */
    public double efficiency(int part, long batch) {
        double scale = noiseScales.get(part);
        return (scale + batches.initial()) / (scale + batch);
    }

    /** Samples a second, counted as so many of the initial batch. */
    public double goodput(int part, int gpus, int nodes, BatchSplit split) {
        return throughput(gpus, nodes, split) * efficiency(part, split.total(gpus));
    }

    /** The batch with the largest goodput. */
    public BatchSplit best(int part, int gpus, int nodes) {
        return batches.best(gpus, split -> goodput(part, gpus, nodes, split));
    }

    /** The largest goodput. */
    public double bestGoodput(int part, int gpus, int nodes) {
        return goodput(part, gpus, nodes, best(part, gpus, nodes));
    }

    /** The goodput of the owner's batch. */
    public double ownerGoodput(int part, int gpus, int nodes) {
        return goodput(part, gpus, nodes, batches.ofOwner(gpus));
    }
}
