/**
 * Which jobs run when and where. {@link trainyard.scenario.section.scheduler.SchedulerSection} is the section
 * {@code scheduler}.
 */
package trainyard.scenario.section.scheduler;
