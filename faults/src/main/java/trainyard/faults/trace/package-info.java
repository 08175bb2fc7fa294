/**
 * Published traces of failures and of spot capacity, one reader per format, and what can be counted in them. A {@link
 * trainyard.faults.trace.TraceFolder} finds the files; {@link trainyard.faults.trace.TraceFile} reads one, compressed or
 * not, and names file and line where it is damaged. Some traces ship with the product, with source and licence beside
 * them; for the others give a folder.
 */
package trainyard.faults.trace;
