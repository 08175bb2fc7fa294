/**
 * What takes nodes from a cluster: faults, maintenance, and lenders who want their nodes back
 * ({@link trainyard.scheduler.outage.NodeOutages}).
 */
package trainyard.scheduler.outage;
