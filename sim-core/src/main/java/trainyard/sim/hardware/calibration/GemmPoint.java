package trainyard.sim.hardware.calibration;

/**
 * One measured matrix product of {@code m x k} and {@code k x n}.
 *
 * @param m rows of the result, at least 1
 * @param n columns of the result, at least 1
 * @param k length of the sums, at least 1
 * @param seconds time from one product to the next of a queue of them, above 0
 */
public record GemmPoint(double m, double n, double k, double seconds) {}
