/**
 * Scores published memory figures: tables of memory figures, the peaks that tables of training runs state, and whether
 * every run that took place fits while those that ran out of memory do not.
 */
package trainyard.scenario.verify.memory;
