/** How numbers are printed. Every number that a reader sees goes through {@link trainyard.report.format.Numbers}. */
package trainyard.report.format;
