/**
 * DL4J problems and calibration jobs, on CPU or GPU. Nothing is built here yet.
 */
package trainyard.training.dl4j;
