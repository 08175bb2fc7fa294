/**
 * Traces what DL4J really executes in an iteration. ND4J's executioner, through which every operation goes, is wrapped while one
 * iteration runs; {@link trainyard.training.dl4j.trace.OperationKernels} says which kernel an operation is.
 */
package trainyard.training.dl4j.trace;
