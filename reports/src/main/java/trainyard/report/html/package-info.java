/**
 * The page. {@link trainyard.report.html.ReportPage} turns a report into one HTML file that needs no network: words and
 * numbers are prepared as strings in the page's sections, the Mustache templates beside this package lay them out and
 * escape them, charts are inline SVG in a wide and a narrow form.
 */
package trainyard.report.html;
