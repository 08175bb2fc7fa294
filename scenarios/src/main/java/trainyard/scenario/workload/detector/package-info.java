/** {@code detector}: a failure detector by itself. Start at {@link trainyard.scenario.workload.detector.DetectorKind}. */
package trainyard.scenario.workload.detector;
