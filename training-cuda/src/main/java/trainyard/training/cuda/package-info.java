/** Asks CUDA's runtime what GPU there is. It compiles against the runtime of CUDA 11.6 and of 13 alike. */
package trainyard.training.cuda;
