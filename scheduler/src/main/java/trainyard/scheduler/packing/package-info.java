/**
 * Bin packing: models into the memory of as few GPUs as possible. Start at {@link trainyard.scheduler.packing.BinPacking};
 * {@link trainyard.scheduler.packing.PackingRule} holds the heuristics, {@link trainyard.scheduler.packing.PackingBound} what
 * no packing can beat, and {@link trainyard.scheduler.packing.OptimalPacking} the best one of small instances.
 */
package trainyard.scheduler.packing;
