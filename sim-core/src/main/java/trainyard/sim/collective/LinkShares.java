package trainyard.sim.collective;

/**
 * What is left of the links that a group of ranks uses, each as the share of its full rate at the place where least is
 * left: collectives run at the pace of their slowest link. 1 is healthy.
 *
 * @param scaleUp links between the GPUs of a node
 * @param ports network ports
 * @param uplinks uplinks of a leaf switch, all together
 */
public record LinkShares(double scaleUp, double ports, double uplinks) {

    /** Every link at its full rate. */
    public static final LinkShares FULL = new LinkShares(1, 1, 1);

    public LinkShares {
        require("scaleUp", scaleUp);
        require("ports", ports);
        require("uplinks", uplinks);
    }

    private static void require(String name, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("the share " + name + " must lie in (0, 1], got " + share);
        }
    }

    /** The lesser share of each kind. */
    public LinkShares least(LinkShares other) {
        return new LinkShares(
                Math.min(scaleUp, other.scaleUp), Math.min(ports, other.ports), Math.min(uplinks, other.uplinks));
    }
}
