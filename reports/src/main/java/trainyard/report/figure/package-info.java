/**
 * What a chart says, free of how it is drawn. Build one of the {@link trainyard.report.figure.Figure} records from plain
 * numbers; {@code trainyard.report.svg} draws it with real text for the page and {@code trainyard.report.png} draws it
 * for slides. Each constructor checks its data, so a figure that exists can be drawn.
 */
package trainyard.report.figure;
