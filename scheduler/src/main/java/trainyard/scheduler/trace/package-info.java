/** Reads lists of jobs: one class per format, with the columns that it needs. */
package trainyard.scheduler.trace;
