/**
 * How a job lies on its nodes. {@link trainyard.faults.layout.JobLayout} numbers the places for nodes (slots) by replica and
 * position, {@link trainyard.faults.layout.Slots} is a set of them: those without a node, those whose state is lost.
 */
package trainyard.faults.layout;
