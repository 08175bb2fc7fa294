/**
 * Jobs whose GPUs and batches are chosen together, by how fast they get on ({@link trainyard.scheduler.policy.goodput.GoodputRounds}): the
 * policy of Pollux (Qiao et al., OSDI 2021) and its genetic search.
 */
package trainyard.scheduler.policy.goodput;
