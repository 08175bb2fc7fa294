package trainyard.scenario.workload.step;

import java.util.List;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.step.ProductRanges;
import trainyard.parallel.step.StepModel;
import trainyard.scenario.section.network.ExchangePricing;
import trainyard.scenario.workload.Simulators;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.hardware.calibration.Extrapolation;

/**
 * What measurements of the GPU add to a step.
 *
 * @param profile the measurements
 * @param kernels what they change in the kernel model
 * @param uncalibrated answers what the step costs without them
 * @param products answers which products lie outside those that were measured
 */
public record StepCalibration(
        CalibrationProfile profile, KernelCalibration kernels, StepModel uncalibrated, ProductRanges products) {

    static StepCalibration of(
            CalibrationProfile profile, GpuSpec gpu, ExchangePricing exchanges, Simulators simulators) {
        return new StepCalibration(
                profile,
                KernelCalibration.of(profile, gpu),
                simulators.step(exchanges, KernelCalibration.NONE),
                simulators.productRanges());
    }

    /** Where a job is priced from outside what was measured. */
    List<Extrapolation> extrapolations(TrainingJob job) {
        return StepRanges.beyond(job, profile, kernels, products);
    }
}
