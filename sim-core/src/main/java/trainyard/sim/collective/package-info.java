/**
 * What it costs to move and reduce data among ranks. {@link trainyard.sim.collective.CollectiveModel} is the seam: the
 * analytic form answers in closed form; the event form sends flows through the simulated network.
 */
package trainyard.sim.collective;
