/**
 * The network between workers and what they exchange with: {@link trainyard.training.wire.Wire}, without cost or over the
 * fabric and the collectives of sim-core.
 */
package trainyard.training.wire;
