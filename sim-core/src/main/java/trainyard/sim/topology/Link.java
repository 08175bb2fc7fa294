package trainyard.sim.topology;

/**
 * One direction of a cable.
 *
 * @param id dense number from 0; the opposite direction is {@code id ^ 1}
 * @param from vertex it leaves
 * @param to vertex it enters
 * @param kind technology
 * @param bytesPerSecond capacity when healthy
 * @param latencyNanos time that each message spends on it besides its transfer
 */
public record Link(int id, int from, int to, LinkKind kind, double bytesPerSecond, long latencyNanos) {}
