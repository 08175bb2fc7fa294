/**
 * Training with real gradients on the virtual clock: problems, networks, workers, update rules and runs. No native code; DL4J's
 * networks are a module of their own.
 */
package trainyard.training;
