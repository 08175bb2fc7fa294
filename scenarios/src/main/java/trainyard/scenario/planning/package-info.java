/**
 * Answers of {@code trainyard plan} and {@code trainyard compare}: {@link trainyard.scenario.planning.PlanQuestion} reads the
 * search out of a scenario, {@link trainyard.scenario.planning.PlanTable} lists the best plans, {@link
 * trainyard.scenario.planning.PlanReport} writes their report.
 */
package trainyard.scenario.planning;
