/**
 * Bytes of device memory that each pipeline stage's ranks need, by component, and whether they fit.
 */
package trainyard.parallel.memory;
