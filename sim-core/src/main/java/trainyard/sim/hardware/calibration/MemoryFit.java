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
 * @param bytes least and most bytes of an operation that was measured; empty where the file does not say
 * @param fit errors of the fit, where the file states them
 */
public record MemoryFit(
        String op,
        OptionalDouble bytesPerParameter,
        double bytesPerSecond,
        double launchSeconds,
        Optional<FitQuality.Interval> bytes,
        Optional<FitQuality> fit) {

    public MemoryFit {
        Objects.requireNonNull(op, "op");
        Objects.requireNonNull(bytesPerParameter, "bytesPerParameter");
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(fit, "fit");
    }

    /** That an operation on so many bytes lies outside those that were measured; empty also where it is not known which were. */
    public Optional<Extrapolation.Beyond> beyond(double size) {
        return bytes.flatMap(range -> Extrapolation.Beyond.of("bytes of a kernel", range.low(), range.high(), size));
    }

    /** Seconds that the kernel takes to move so many bytes, by the fit. */
    public double seconds(double bytes) {
        return launchSeconds + bytes / bytesPerSecond;
    }
}
