package trainyard.scenario.workload.sgd;

import java.util.Optional;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.sgd.SgdComputeSection;
import trainyard.scenario.section.sgd.SgdSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.Precision;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;
import trainyard.training.run.WorkerGroup;

/**
 * What gradients take of the peak rate of the GPUs: model FLOPs utilisation as in A. Chowdhery et al. 2022 (PaLM, appendix B),
 * {@code FLOPs of an example x examples a second / (GPUs x peak FLOP/s)}.
 *
 * @param flopsPerExample model FLOPs of one example, forward and backward
 * @param peakFlopsPerSecond of the GPUs of all workers together, dense
 */
record ModelFlops(double flopsPerExample, double peakFlopsPerSecond) {

    /**
     * Of the GPUs of the cluster, one for each worker; empty where the section states no FLOPs.
     *
     * @throws ScenarioException if there is no cluster, its GPUs have no bf16, or a gradient takes less time than at their peak
     */
    static Optional<ModelFlops> bind(Values section, WorkerGroup workers) {
        Values compute = section.get(SgdSection.COMPUTE);
        return compute.find(SgdComputeSection.FLOPS).map(flops -> {
            GpuSpec gpu = workers.network()
                    .fabric()
                    .map(fabric -> fabric.cluster().node().gpu())
                    .orElseThrow(() -> wrong(
                            compute,
                            "MFU is against the peak of a GPU, and the scenario has no cluster",
                            "add cluster"));
            if (!gpu.supports(Precision.BF16)) {
                throw wrong(
                        compute, "MFU is against the bf16 peak, and " + gpu.name() + " has none", "leave flops out");
            }
            double least = flops / gpu.peak(Precision.BF16);
            double mean = workers.compute().seconds().mean();
            if (mean < least) {
                throw wrong(
                        compute,
                        Units.format(flops, Dimension.COMPUTE) + " take a " + gpu.name() + " "
                                + Units.format(least, Dimension.DURATION) + " at its peak, and a gradient takes "
                                + Units.format(mean, Dimension.DURATION),
                        "write fewer FLOPs, or a longer compute.time");
            }
            return new ModelFlops(flops / section.get(SgdSection.BATCH), workers.count() * gpu.peak(Precision.BF16));
        });
    }

    /** Share of the peak at so many examples a second. */
    double utilisation(double examplesPerSecond) {
        return examplesPerSecond * flopsPerExample / peakFlopsPerSecond;
    }

    private static ScenarioException wrong(Values compute, String message, String hint) {
        return new ScenarioException(
                Problem.at(compute.position(SgdComputeSection.FLOPS), Problem.Kind.VALUE, message, hint));
    }
}
