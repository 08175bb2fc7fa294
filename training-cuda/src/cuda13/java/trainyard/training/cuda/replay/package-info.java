/**
 * A GPU behind {@link trainyard.training.replay.KernelDevice}: matrix products by cuBLAS, all other kernels from {@code kernels.ptx},
 * whose source is {@code src/cuda13/cuda/kernels.cu}. Only a build with {@code -Pcuda13} has it.
 */
package trainyard.training.cuda.replay;
