/** Number formats of training: what rests in 16 or 32 bits, what is quantised for the matrix products, and how. */
package trainyard.parallel.precision;
