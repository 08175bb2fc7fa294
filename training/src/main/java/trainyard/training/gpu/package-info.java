/**
 * Which way a GPU is measured, decided before any library that would need one is started: {@link
 * trainyard.training.gpu.GpuGuard} takes what a {@link trainyard.training.gpu.GpuProbe} found and the ways that the build has.
 */
package trainyard.training.gpu;
