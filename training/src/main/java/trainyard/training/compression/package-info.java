/**
 * Gradients that are made smaller before they are sent. A {@link trainyard.training.compression.Compression} is a kind: it knows
 * the bytes and the work of a message. A {@link trainyard.training.compression.Compressor} is what the workers of one run hold:
 * it says what arrives, and remembers what was lost. Bytes are those of the simulated wire, where a value has 4 bytes; what is
 * not said to be lost arrives as it is.
 */
package trainyard.training.compression;
