/**
 * Makes one plain tree out of a scenario and everything it refers to: the files it extends, overrides from the command
 * line and from sweeps, and variables. {@link trainyard.scenario.resolve.Extends} runs first, then
 * {@link trainyard.scenario.resolve.Assignment}s, then {@link trainyard.scenario.resolve.Variables}, so that a variable
 * may be overridden. Every value keeps the position where it was written.
 */
package trainyard.scenario.resolve;
