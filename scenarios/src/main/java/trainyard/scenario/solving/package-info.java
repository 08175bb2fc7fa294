/**
 * Finds the value of an input that meets a target: the smallest cluster that is done in time, the longest interval that
 * loses little. A {@link trainyard.scenario.solving.Solver} simulates values of a {@link trainyard.scenario.solving.Domain}
 * until one that meets the target stands beside one that does not.
 */
package trainyard.scenario.solving;
