/**
 * Who has which hardware, and how well it is. {@link trainyard.sim.inventory.Inventory} knows the health of every node,
 * GPU and link and tells its listeners of each change; failures change the inventory, never a job. A job asks a
 * {@link trainyard.sim.inventory.NodeSource} for nodes and is told by an event when it has them;
 * {@link trainyard.sim.inventory.FixedPool} is the simplest source, a cluster with a queue. An
 * {@link trainyard.sim.inventory.Allocation} says which GPU each rank of a job runs on.
 */
package trainyard.sim.inventory;
