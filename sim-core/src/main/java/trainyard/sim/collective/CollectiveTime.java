package trainyard.sim.collective;

/**
 * The cost of one collective.
 *
 * @param seconds from the first rank's start to the last rank's end
 * @param latencySeconds the part that does not depend on the size
 * @param algorithm how the data moves, such as {@code ring} or {@code nvls}
 * @param protocol NCCL protocol, such as {@code LL128} or {@code Simple}
 */
public record CollectiveTime(double seconds, double latencySeconds, String algorithm, String protocol) {}
