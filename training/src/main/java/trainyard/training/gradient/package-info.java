/**
 * What happens to a gradient between the worker that computed it and the parameters that it changes: clipping and
 * compression at the worker, compensation of its delay at the server.
 */
package trainyard.training.gradient;
