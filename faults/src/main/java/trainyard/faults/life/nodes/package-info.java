/**
 * The nodes of a job. {@code JobNodes} holds them: {@code SlotPlacement} in slots, {@code NodeRequests} not granted yet, and beside
 * the steps {@code Rejoining}, {@code Standbys} and {@code Draining}, each made of {@code AsideGroup}s that take {@code
 * PreparationTimes} to come up. {@code Cluster} is what a job sees of its cluster.
 */
package trainyard.faults.life.nodes;
