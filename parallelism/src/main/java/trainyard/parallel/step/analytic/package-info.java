/** A step by closed forms and a recurrence over the stages, without events. */
package trainyard.parallel.step.analytic;
