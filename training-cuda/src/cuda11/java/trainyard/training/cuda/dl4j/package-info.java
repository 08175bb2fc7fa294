/**
 * Lets a calibration train on the GPU itself, by DL4J with ND4J's kernels for CUDA 11.6. Only the profile cuda11 builds it; {@link
 * trainyard.training.cuda.dl4j.Dl4jGpu} is where the command enters.
 */
package trainyard.training.cuda.dl4j;
