/**
 * Kinds of study of how parties agree, wait and hand work on: processes that may deadlock, a coordinator of workers, a
 * queue of tasks, and controllers of which one leads.
 */
package trainyard.scenario.workload.coordination;
