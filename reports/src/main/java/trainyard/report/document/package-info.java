/**
 * What a report says. Fill a {@link trainyard.report.document.ReportDocument} with plain values and hand it to
 * {@code trainyard.report.ReportWriter}; nothing here knows how the values were simulated or how the page looks.
 */
package trainyard.report.document;
