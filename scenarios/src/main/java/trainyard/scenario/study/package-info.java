/**
 * Runs a scenario. A {@link trainyard.scenario.study.Study} is a scenario spread over its sweep, variants and ranges
 * into {@link trainyard.scenario.study.Cell}s; {@link trainyard.scenario.study.StudyRunner} evaluates them on several
 * threads and puts the outcomes in the order of the cells, so that the number of threads changes no byte.
 */
package trainyard.scenario.study;
