/**
 * Total cost of ownership: what a demand for GPUs costs over years on machines that are owned, rented, or both. Begin with
 * {@link trainyard.scheduler.tco.Bill}: it serves a {@link trainyard.scheduler.tco.DemandCurve} hour by hour.
 */
package trainyard.scheduler.tco;
