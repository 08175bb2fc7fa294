package trainyard.sim.hardware.calibration;

/**
 * Bounds of the dimensions of sampled products, both ends included.
 *
 * @param leastM smallest row count
 * @param mostM largest row count
 * @param leastN smallest column count
 * @param mostN largest column count
 * @param leastK shortest sum
 * @param mostK longest sum
 */
public record ShapeRange(double leastM, double mostM, double leastN, double mostN, double leastK, double mostK) {}
