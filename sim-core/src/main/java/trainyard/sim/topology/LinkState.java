package trainyard.sim.topology;

import java.util.Arrays;

/** How healthy each link of a topology is: 1 = full capacity, less = degraded, 0 = failed. */
public final class LinkState {

    private final Topology topology;
    private final double[] factor;
    private int down;
    private int impaired;
    private long version;

    public LinkState(Topology topology) {
        this.topology = topology;
        factor = new double[topology.links()];
        Arrays.fill(factor, 1);
    }

    public Topology topology() {
        return topology;
    }

    /**
     * Sets the share of its capacity that one direction of a link has left.
     *
     * @param newFactor in [0, 1]; 0 fails the link
     */
    public void setFactor(int link, double newFactor) {
        if (!(newFactor >= 0 && newFactor <= 1)) {
            throw new IllegalArgumentException("the factor of link " + link + " must lie in [0, 1], got " + newFactor);
        }
        if (isUp(link) != newFactor > 0) {
            down += newFactor > 0 ? -1 : 1;
            version++;
        }
        impaired += (newFactor < 1 ? 1 : 0) - (factor[link] < 1 ? 1 : 0);
        factor[link] = newFactor;
    }

    public boolean isUp(int link) {
        return factor[link] > 0;
    }

    /** Whether no link has failed; some may be degraded. */
    public boolean allUp() {
        return down == 0;
    }

    /** Whether every link has its full capacity. */
    public boolean allHealthy() {
        return impaired == 0;
    }

    /** Capacity left in bytes/s. */
    public double bytesPerSecond(int link) {
        double healthy = topology.bytesPerSecond(link);
        return impaired == 0 ? healthy : healthy * factor[link];
    }

    /** Grows whenever a link fails or comes back, so that routes need to be found again. */
    public long version() {
        return version;
    }
}
