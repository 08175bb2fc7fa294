/**
 * Describes what may stand in a scenario. A {@link trainyard.scenario.format.Section} is a list of
 * {@link trainyard.scenario.format.Field}s, each with a key, a {@link trainyard.scenario.format.ValueType}, a default
 * and a sentence of documentation. The same description reads a section, suggests the nearest key, writes the JSON
 * schema and writes the reference page, so none of them can drift from the others. To add a key, add a field.
 */
package trainyard.scenario.format;
