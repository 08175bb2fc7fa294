/**
 * The classic problems inside a scheduler: the sections {@code packing}, {@code machines}, {@code bookings} and
 * {@code assignment}.
 */
package trainyard.scenario.section.allocation;
