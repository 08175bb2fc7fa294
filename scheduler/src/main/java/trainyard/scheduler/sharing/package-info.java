/** GPUs that several jobs share in thousandths: what a node has left, what a pod wants, and how much of it is fragmented. */
package trainyard.scheduler.sharing;
