/** Training in parallel: models, plans, memory, kernel cost, pipeline schedules and the cost of one step. */
package trainyard.parallel;
