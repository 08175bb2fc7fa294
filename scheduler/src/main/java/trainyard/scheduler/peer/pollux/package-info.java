/**
 * The simulator of Pollux (Qiao et al., OSDI 2021; petuum/adaptdl, branch osdi21-artifact): steps of a minute in which jobs
 * advance by measured step times and by how much a larger batch still teaches, under its own policy and two it compares with.
 */
package trainyard.scheduler.peer.pollux;
