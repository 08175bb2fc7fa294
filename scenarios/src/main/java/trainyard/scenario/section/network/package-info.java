/**
 * What connects the machines, how the time of an exchange over it is found, and studies of exchanges by themselves.
 * {@link trainyard.scenario.section.network.NetworkSection} is {@code cluster.network}.
 */
package trainyard.scenario.section.network;
