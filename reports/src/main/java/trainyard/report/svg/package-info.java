/**
 * Writes drawings as SVG with real text. {@link trainyard.report.svg.SvgWriter} is the way in. The same drawing gives the
 * same bytes on every machine: coordinates have one decimal, colours are classes that follow light and dark pages.
 */
package trainyard.report.svg;
