/**
 * The election of a leader among controllers that may crash, become slow, or be cut off from each other, by the timeouts
 * and terms of Raft (Ongaro and Ousterhout 2014, "In Search of an Understandable Consensus Algorithm", USENIX ATC), and
 * who writes checkpoints meanwhile.
 */
package trainyard.faults.coordination.election;
