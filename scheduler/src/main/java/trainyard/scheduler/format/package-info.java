/**
 * Lists of jobs by the name of their format: {@link trainyard.scheduler.format.TraceFormats} lists every format that a scenario can name.
 * Readers are those of {@code trainyard.scheduler.trace} and, for lists of other simulators without run times, those of their engines in {@code
 * trainyard.scheduler.peer}, with the measured tables from which run times follow.
 */
package trainyard.scheduler.format;
