/**
 * Data on the move. {@link trainyard.sim.network.FlowNetwork} carries messages between GPUs: each spends its route's
 * latency and its share of the links, divided max-min fairly among all that transfer at the same time by
 * {@link trainyard.sim.network.MaxMinSystem}. Open a channel between two GPUs, send messages on it, and be told when
 * each has arrived; collectives made of such messages are in {@code trainyard.sim.network.collective}.
 */
package trainyard.sim.network;
