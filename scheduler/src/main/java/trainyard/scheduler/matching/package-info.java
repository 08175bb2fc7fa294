/**
 * Jobs to nodes by cost, such as the time to read their data: {@link trainyard.scheduler.matching.AssignmentProblem} and the
 * methods of {@link trainyard.scheduler.matching.AssignmentMethod}, of which the flow and matching ones stand on JGraphT.
 */
package trainyard.scheduler.matching;
