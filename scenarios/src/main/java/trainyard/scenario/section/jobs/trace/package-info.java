/**
 * Lists of jobs that were recorded: files, their columns, and which of their jobs count.
 * {@link trainyard.scenario.section.jobs.trace.JobTraceSection} is {@code jobs.trace}.
 */
package trainyard.scenario.section.jobs.trace;
