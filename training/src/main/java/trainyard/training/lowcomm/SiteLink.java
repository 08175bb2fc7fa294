package trainyard.training.lowcomm;

/**
 * The link of each site to the others.
 *
 * @param bitsPerSecond one way, positive
 * @param latencySeconds of one message, 0 or more; messages follow each other without waiting for it
 */
public record SiteLink(double bitsPerSecond, double latencySeconds) {

    public SiteLink {
        if (!(bitsPerSecond > 0) || !(latencySeconds >= 0)) {
            throw new IllegalArgumentException("a link needs a positive rate and a latency of 0 or more");
        }
    }

    /** A link without latency. */
    public static SiteLink of(double bitsPerSecond) {
        return new SiteLink(bitsPerSecond, 0);
    }
}
