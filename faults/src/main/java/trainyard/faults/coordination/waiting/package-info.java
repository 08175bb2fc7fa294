/**
 * Waits that never end. Processes run short programs of {@link trainyard.faults.coordination.waiting.Instruction}s; a
 * {@link trainyard.faults.coordination.waiting.WaitForGraph} finds the cycle when they block one another.
 */
package trainyard.faults.coordination.waiting;
