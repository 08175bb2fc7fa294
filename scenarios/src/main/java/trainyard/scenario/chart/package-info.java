/**
 * Draws the outcomes of a study as figures. {@link trainyard.scenario.chart.Charts} reads {@code report.charts} and
 * chooses what suits the workload where nothing is asked for; one class per kind of chart.
 */
package trainyard.scenario.chart;
