package trainyard.scheduler.policy.fairness;

import trainyard.sim.engine.SimTime;

/**
 * Times of a scheduler that makes offers.
 *
 * @param intervalNanos least time between two offers, at least 1
 * @param refuseNanos time for which a team is not offered again what it left, 0 or more
 */
public record OfferRules(long intervalNanos, long refuseNanos) {

    /**
     * Defaults of Mesos: {@code allocation_interval} 1 s (flags of the master, constants.hpp) and {@code refuse_seconds} 5 s (Filters of
     * its protocol), looked up November 2026 in its last release; the project is retired.
     */
    public static final OfferRules MESOS = new OfferRules(SimTime.NANOS_PER_SECOND, 5 * SimTime.NANOS_PER_SECOND);

    public OfferRules {
        if (intervalNanos < 1 || refuseNanos < 0) {
            throw new IllegalArgumentException(
                    "offers need an interval of at least 1 ns and a refusal of at least 0, got " + intervalNanos
                            + " and " + refuseNanos + " ns");
        }
    }
}
