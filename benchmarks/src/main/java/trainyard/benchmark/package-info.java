/**
 * Speed measurements with JMH, one class for each thing measured. {@link trainyard.benchmark.Benchmarks} runs one by
 * name and prints a table. Figures are in CPU time of the measuring thread, so that they hold on a machine that does
 * other work too; compare ratios within one run, not figures of two runs.
 */
package trainyard.benchmark;
