/**
 * What the page of a scenario shows. {@link trainyard.scenario.section.report.ReportSection} is the section
 * {@code report}.
 */
package trainyard.scenario.section.report;
