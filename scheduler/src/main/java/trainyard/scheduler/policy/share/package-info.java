/** Shares of the time on each type of GPU, played in rounds. */
package trainyard.scheduler.policy.share;
