/**
 * Tables with a header line. {@link trainyard.sim.csv.CsvTable} reads one from a file or a resource;
 * {@link trainyard.sim.csv.CsvRow} gives its cells as text or checked numbers, so that every error names file, line and
 * column. Whoever reads a CSV in this project starts here.
 */
package trainyard.sim.csv;
