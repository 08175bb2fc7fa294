package trainyard.parallel.plan;

import java.util.Objects;

/**
 * Servers that sum the gradients of all replicas, update the weights and give them out again (Li et al. 2014), instead of an
 * all-reduce among the replicas; each holds an equal share.
 *
 * @param nodes server nodes beside those of the cluster, at least 1
 * @param device what sums and updates there
 * @param bytesPerSecond rate of a server's network ports together, per direction; 0: as those of a node of the cluster
 */
public record ParameterServers(int nodes, Device device, double bytesPerSecond) {

    /** What does a server's arithmetic. */
    public enum Device {
        CPU,
        GPU
    }

    public ParameterServers {
        Objects.requireNonNull(device, "device");
        if (nodes < 1) {
            throw new PlanException("parameter-servers", "parameter-servers must be at least 1, got " + nodes);
        }
    }
}
