package trainyard.scheduler.cluster;

/** Whether a node can be given to jobs. */
public enum NodeStatus {
    /** Works and takes jobs. */
    UP,
    /** Takes no new job; those on it go on. */
    DRAINING,
    /** Broken or in maintenance. */
    DOWN,
    /** Ordered, but not there yet. */
    STARTING,
    /** Not there: not ordered, or taken back by who lends it. */
    OFF
}
