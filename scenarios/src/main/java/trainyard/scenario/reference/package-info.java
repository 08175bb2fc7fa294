/** Writes the JSON schema from the description of the format; a test fails when the committed copy is stale. */
package trainyard.scenario.reference;
