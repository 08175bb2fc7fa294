package trainyard.scheduler.cluster;

/** Whether a node can be given to jobs. */
public enum NodeStatus {
    /** Works and takes jobs. */
    UP("up"),
    /** Takes no new job; those on it go on. */
    DRAINING("draining"),
    /** Broken or in maintenance. */
    DOWN("down"),
    /** Ordered, but not there yet. */
    STARTING("being provisioned"),
    /** Not there: not ordered, or taken back by who lends it. */
    OFF("not provisioned");

    private final String label;

    NodeStatus(String label) {
        this.label = label;
    }

    /** In words, for reports. */
    public String label() {
        return label;
    }
}
