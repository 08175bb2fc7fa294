/**
 * Neural networks and their data, as plain values. A {@link trainyard.training.network.NetworkBackend} makes a {@link
 * trainyard.training.problem.Problem} of both: the one of plain arrays here, or DL4J's where its module is on the class path.
 */
package trainyard.training.network;
