/**
 * Many jobs on a cluster: listed, drawn or recorded. {@link trainyard.scenario.section.jobs.JobsSection} is the section
 * {@code jobs}; {@link trainyard.scenario.section.jobs.JobsBinding} makes it the list that a run simulates.
 */
package trainyard.scenario.section.jobs;
