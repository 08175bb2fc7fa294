/**
 * The simulator of Gavel (Narayanan et al., OSDI 2020; stanford-futuredata/gavel at c4fa400): rounds in which jobs run by how
 * far they are behind their shares, and its policies with what they do beyond the paper.
 */
package trainyard.scheduler.peer.gavel;
