/**
 * Networks of DL4J as problems to train. {@link trainyard.training.dl4j.Nd4jRuntime} is started before anything else of
 * ND4J is touched.
 */
package trainyard.training.dl4j;
