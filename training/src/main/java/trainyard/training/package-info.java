/**
 * Update rules (synchronous, asynchronous, hybrid) on the virtual clock. Nothing is built here yet.
 */
package trainyard.training;
