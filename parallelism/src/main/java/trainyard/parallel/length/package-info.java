/**
 * Sequences whose lengths vary: what a step takes, how much memory its micro-batches need, and what happens when one does
 * not fit. {@link trainyard.parallel.length.LengthSimulation} draws the lengths and runs the steps.
 */
package trainyard.parallel.length;
