/**
 * Clusters with several types of GPU: how much of the time each job gets on each type, as Gavel does it (Narayanan et al., OSDI
 * 2020). A policy fills a matrix of shares; whoever runs the jobs turns shares into rounds.
 */
package trainyard.scheduler.hetero;
