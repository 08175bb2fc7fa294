package trainyard.sim.hardware.calibration;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Time of an operation limited by device memory: {@code t = launch + bytes / bandwidth}.
 *
 * @param op operation, such as {@code adam} or {@code copy_d2d}
 * @param bytesPerParameter bytes moved per parameter, for optimiser steps
 * @param bytesPerSecond bandwidth reached, reads and writes counted
 * @param launchSeconds time of an operation on nothing
 * @param fit errors of the fit, where the file states them
 */
public record MemoryFit(
        String op,
        OptionalDouble bytesPerParameter,
        double bytesPerSecond,
        double launchSeconds,
        Optional<FitQuality> fit) {

    public MemoryFit {
        Objects.requireNonNull(op, "op");
        Objects.requireNonNull(bytesPerParameter, "bytesPerParameter");
        Objects.requireNonNull(fit, "fit");
    }

    /** Seconds that the kernel takes to move so many bytes, by the fit. */
    public double seconds(double bytes) {
        return launchSeconds + bytes / bytesPerSecond;
    }
}
