package trainyard.sim.hardware.calibration;

/**
 * What launching costs, from empty kernels.
 *
 * @param gapSeconds time from the end of a queued kernel to the start of the next one of its stream
 */
public record LaunchFit(double gapSeconds) {}
