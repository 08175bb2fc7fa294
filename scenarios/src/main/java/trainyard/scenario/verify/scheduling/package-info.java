/**
 * Holds the scheduler to what other simulators made of the same jobs, job by job where that was recorded, and to what was
 * published.
 */
package trainyard.scenario.verify.scheduling;
