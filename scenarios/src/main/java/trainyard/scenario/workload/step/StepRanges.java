package trainyard.scenario.workload.step;

import java.util.List;
import java.util.stream.Stream;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.step.MemoryRanges;
import trainyard.parallel.step.ProductRanges;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.hardware.calibration.Extrapolation;

/** Where a step is priced from outside what a profile was measured over. */
public final class StepRanges {

    private StepRanges() {}

    /**
     * One for each fit of which that is so.
     *
     * @param products asked which products lie outside; it remembers jobs with the same ones
     * @param kernels what the profile changes in the kernel model
     */
    public static List<Extrapolation> beyond(
            TrainingJob job, CalibrationProfile profile, KernelCalibration kernels, ProductRanges products) {
        return Stream.concat(
                        products.beyond(job, kernels).stream(),
                        profile
                                .memory(KernelCalibration.DEVICE_COPY)
                                .flatMap(fit -> MemoryRanges.beyond(job, kernels, fit))
                                .stream())
                .map(beyond -> beyond.in(profile))
                .toList();
    }
}
