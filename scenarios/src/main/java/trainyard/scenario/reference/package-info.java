/**
 * Writes what is generated from the description of the format: the JSON schema and the reference page. Tests fail when
 * the committed copies are stale.
 */
package trainyard.scenario.reference;
