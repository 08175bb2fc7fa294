/**
 * What one machine really does: rates, latencies and link costs fitted to measurements on it, in one YAML file per machine.
 * {@link trainyard.sim.hardware.calibration.CalibrationProfile#load} reads and checks the file; cost models then ask it for
 * the fit of an operation and fall back to data sheets where it has none. Units are in the names: {@code _s} seconds,
 * {@code _bytes_per_s}, {@code _flops_per_s}.
 */
package trainyard.sim.hardware.calibration;
