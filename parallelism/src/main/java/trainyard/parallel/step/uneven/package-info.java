/**
 * Steps whose ranks differ: slow GPUs, other nodes, slow links and jitter. Ranks that are alike are priced and replayed
 * once.
 */
package trainyard.parallel.step.uneven;
