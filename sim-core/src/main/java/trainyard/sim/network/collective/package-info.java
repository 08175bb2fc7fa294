/**
 * Collectives as messages over the simulated network. A {@link trainyard.sim.network.collective.CollectiveAlgorithm}
 * prepares a {@link trainyard.sim.network.collective.RankProgram}, which says what each rank sends when it has started
 * and when a message has arrived; {@link trainyard.sim.network.collective.CollectiveRun} runs one to its end. One class
 * per algorithm, named as the literature names it. {@link trainyard.sim.network.collective.RingFold} gives the end of a
 * ring without its events when no link is shared.
 */
package trainyard.sim.network.collective;
