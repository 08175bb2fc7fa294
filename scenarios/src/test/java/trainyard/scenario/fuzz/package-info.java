/**
 * Random scenarios, made from the format itself so that every key takes part: each either gives a result or a problem with
 * its place. The bounded run is a test; {@code -Dtrainyard.fuzz=10000} makes it longer.
 */
package trainyard.scenario.fuzz;
