/**
 * What layouts draw with: a {@code Sheet} takes marks with coordinates in pixels, y downwards, in {@code Tone}s that follow dark pages
 * and {@code Shade}s that do not, and becomes a {@link trainyard.report.draw.sheet.Drawing}. {@code PixelScale} maps values of an
 * axis to pixels.
 */
package trainyard.report.draw.sheet;
