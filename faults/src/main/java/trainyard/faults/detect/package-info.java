/**
 * How faults are noticed. Simulations watch a detector by itself: {@link trainyard.faults.detect.HeartbeatSimulation},
 * {@link trainyard.faults.detect.PhiAccrualSimulation} and {@link trainyard.faults.detect.SwimSimulation} give detection times, false alarms and messages. A {@link
 * trainyard.faults.detect.Detector} is what the life of a job uses: for each fault the time until it is noticed, and how
 * often there is an alarm without a fault.
 */
package trainyard.faults.detect;
