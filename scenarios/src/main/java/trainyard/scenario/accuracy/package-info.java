/**
 * The accuracy page: what {@code verify -o} writes. {@link trainyard.scenario.accuracy.AccuracyReport} turns the outcome of
 * a suite into a report: predicted against published, errors per source before and after calibration, errors against each
 * input, the worst rows and why rows were skipped.
 */
package trainyard.scenario.accuracy;
