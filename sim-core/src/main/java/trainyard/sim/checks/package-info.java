/** {@link trainyard.sim.checks.Checks}: one wording for arguments that are out of range. */
package trainyard.sim.checks;
