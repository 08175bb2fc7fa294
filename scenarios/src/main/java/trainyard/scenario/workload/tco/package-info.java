/** The study of what GPUs cost over years, owned, rented or both. */
package trainyard.scenario.workload.tco;
