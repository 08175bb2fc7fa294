package trainyard.parallel.kernel;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.hardware.calibration.ComputeFit;
import trainyard.sim.hardware.calibration.LaunchFit;

/**
 * What measurements of one machine change in the kernel model. Everything else stays modelled. Factors are measured over
 * modelled and above 0; 1 leaves the model as it is.
 *
 * @param products measured matrix products by precision; see {@link CalibratedGemm} for how they are used
 * @param productTime factor on the time of every matrix product
 * @param memoryBandwidth factor on the bandwidth that memory-bound kernels reach
 * @param gapTime factor on the gap between two queued kernels
 * @param hostTime factor on what the GPU waits for the host: launches and the wait after a blocking message
 */
public record KernelCalibration(
        Map<Precision, ComputeFit> products,
        double productTime,
        double memoryBandwidth,
        double gapTime,
        double hostTime) {

    /** Changes nothing. */
    public static final KernelCalibration NONE = new KernelCalibration(Map.of(), 1, 1, 1, 1);

    /** The operation whose bandwidth memory-bound kernels reach. */
    public static final String DEVICE_COPY = "copy_d2d";

    public KernelCalibration {
        products = Map.copyOf(products);
        for (double factor : new double[] {productTime, memoryBandwidth, gapTime, hostTime}) {
            if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a calibration factor must be above 0, got " + factor);
            }
        }
    }

    /**
     * What a profile holds: its {@code gemm} fits, the bandwidth of {@code copy_d2d} and the launch gap.
     *
     * @param profile measured on a machine with this GPU
     * @param gpu its data sheet, which the factors are relative to
     */
    public static KernelCalibration of(CalibrationProfile profile, GpuSpec gpu) {
        Map<Precision, ComputeFit> products = new EnumMap<>(Precision.class);
        for (Precision precision : Precision.values()) {
            profile.gemm(precision).ifPresent(fit -> products.put(precision, fit));
        }
        double bandwidth = profile.memory(DEVICE_COPY)
                .map(fit -> fit.bytesPerSecond() / MemoryBandwidth.achieved(gpu))
                .orElse(1.0);
        double gap = profile.launch()
                .map(LaunchFit::gapSeconds)
                .filter(seconds -> seconds > 0)
                .map(seconds -> seconds / KernelModel.GAP_SECONDS)
                .orElse(1.0);
        return new KernelCalibration(products, 1, bandwidth, gap, 1);
    }

    /** Measured products at a precision; those of bf16 and fp16 stand for each other, as both run on the same units. */
    Optional<ComputeFit> products(Precision precision) {
        return Optional.ofNullable(products.get(precision)).or(() -> switch (precision) {
            case BF16 -> Optional.ofNullable(products.get(Precision.FP16));
            case FP16 -> Optional.ofNullable(products.get(Precision.BF16));
            default -> Optional.empty();
        });
    }

    /** The software profile as the host of this machine runs it. */
    public SoftwareProfile on(SoftwareProfile software) {
        return hostTime == 1 ? software : software.with(software.host().times(hostTime));
    }
}
