/** Muri's policies: groups of jobs that take turns at storage, processors, GPUs and network. */
package trainyard.scheduler.policy.interleave;
