/**
 * What one operator costs on one GPU, from its shape. {@link trainyard.parallel.kernel.SoftwareProfile} holds what
 * differs between framework generations.
 */
package trainyard.parallel.kernel;
