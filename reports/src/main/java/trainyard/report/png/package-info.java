/**
 * Paints figures as PNG for slides and papers: curves, bars, areas and scatter plots through XChart in the house style,
 * and the kinds that XChart cannot draw from the same marks as the SVG. {@link trainyard.report.png.PngWriter} is the way
 * in. Text is set in Roboto, which is shipped.
 */
package trainyard.report.png;
