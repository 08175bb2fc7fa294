/**
 * Randomness that stays put. {@link trainyard.sim.random.RandomStreams} gives every source of randomness its own stream,
 * keyed by (seed, replication, purpose, entity): adding an entity or a purpose shifts no other stream, and two variants
 * of a scenario see the same draws (common random numbers). {@link trainyard.sim.random.Distribution} is what durations,
 * sizes and times between failures are drawn from. Generators and samplers come from Apache Commons RNG, so a draw
 * depends on its pinned version and not on the JDK.
 */
package trainyard.sim.random;
