/**
 * Policies by name: {@link trainyard.scheduler.catalog.PolicyKind} lists each with its sentence and the options that it takes,
 * {@link trainyard.scheduler.catalog.PolicyOptions} holds their values and the defaults with their sources.
 */
package trainyard.scheduler.catalog;
