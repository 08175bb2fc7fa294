/**
 * Reads scenario text into a tree that remembers where each value stands. {@link trainyard.scenario.source.YamlReader}
 * turns YAML 1.2 (and so JSON) into {@link trainyard.scenario.source.Node}s; whatever is wrong becomes a
 * {@link trainyard.scenario.source.Problem} with file, line, column and the nearest fix, never a stack trace. The
 * reader trusts nothing: size, depth, aliases and encoding are bounded before a value is looked at.
 */
package trainyard.scenario.source;
