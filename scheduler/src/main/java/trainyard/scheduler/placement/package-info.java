/**
 * Where a job runs. A {@link trainyard.scheduler.placement.Placement} chooses nodes for it among those that are free, one
 * file per rule.
 */
package trainyard.scheduler.placement;
