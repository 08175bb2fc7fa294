/**
 * Asynchronous pipelines: each worker is a stage that holds some layers and changes them whenever a gradient comes back to it, so
 * the parts of one gradient are late by as many updates as the pipeline is deep behind their stage. That delay is not put in: it
 * comes from when forward and backward passes begin and end on the clock.
 */
package trainyard.training.pipeline;
