/**
 * Samples packed into sequences, as in supervised fine-tuning: any decoder becomes one in which a token attends to its own sample
 * alone. All else is computed for whole sequences, so time and memory follow from the changed operators.
 */
package trainyard.parallel.model.packing;
