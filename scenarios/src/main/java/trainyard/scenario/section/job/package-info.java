/**
 * One training job: model, batch and plan. {@link trainyard.scenario.section.job.JobSection} is the section {@code job};
 * {@link trainyard.scenario.section.job.JobBinding} makes it and its cluster the job of a step.
 */
package trainyard.scenario.section.job;
