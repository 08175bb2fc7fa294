/**
 * Quantities as people write them: {@code 400 Gb/s}, {@code 80 GiB}, {@code 15 min}, {@code 1.97e-5 /GPU-hour}. Use
 * {@link trainyard.sim.units.Units#parse} to read a text of which the {@link trainyard.sim.units.Dimension} is known and
 * {@link trainyard.sim.units.Units#format} to print a value. Inside the simulator every quantity is a {@code double}
 * in the base unit of its dimension (seconds, bytes, bytes per second, FLOP/s, watts, US dollars), named in the
 * variable; units exist only at the edge. What two people could read in two ways ({@code gb/s}, {@code KB},
 * {@code 15 m}, a bare {@code 15}) is refused with the nearest fix.
 */
package trainyard.sim.units;
