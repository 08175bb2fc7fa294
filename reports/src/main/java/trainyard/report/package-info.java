/**
 * Writes reports. Fill a {@link trainyard.report.document.ReportDocument} and call
 * {@link trainyard.report.ReportWriter#write}; it writes the page, the charts, the results and the manifest into one
 * folder. To add a kind of chart start at {@link trainyard.report.figure.Figure}.
 */
package trainyard.report;
