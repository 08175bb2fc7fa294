/**
 * Exact accounts of the time of many GPUs: a {@link trainyard.sim.account.WideSums} holds sums of products of GPUs and
 * nanoseconds that do not fit into 64 bits, such that what is booked adds up to the last nanosecond.
 */
package trainyard.sim.account;
