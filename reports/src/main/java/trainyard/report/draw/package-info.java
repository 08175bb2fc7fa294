/**
 * Turns a figure into marks on a sheet: boxes, lines, areas, dots and labels with coordinates. One layout per kind of
 * figure; {@link trainyard.report.draw.Layouts} picks it. The marks are then written as SVG or painted as a bitmap, so a
 * chart looks the same in both. Coordinates are pixels, y grows downwards.
 */
package trainyard.report.draw;
