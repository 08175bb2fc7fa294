/**
 * Studies of the classic problems inside a scheduler: models into the memory of GPUs, tasks onto machines, bookings of fixed
 * times, jobs onto the nodes that hold their data. Each draws an instance per replication and holds a rule against the best.
 */
package trainyard.scenario.workload.allocation;
