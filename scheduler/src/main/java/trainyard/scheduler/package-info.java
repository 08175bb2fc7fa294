/**
 * A cluster under many jobs: traces, policies, placement, quotas. Nothing is built here yet.
 */
package trainyard.scheduler;
